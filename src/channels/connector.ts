import type { Media, MessageChange, MessageKind, OutboundContent } from '../text/message.ts';

/** Names of the channels; also their webhook path and the value shown to operators. */
export type ChannelName = 'directam' | 'simulator' | 'instagram' | 'messenger' | 'sms';

/** What arrived, and in which order its work must start. */
export type InboundKind =
  /** The customer wrote, tapped or sent media: opens the window and calls for an answer. */
  | 'message'
  /** The shop's own account wrote on the channel: our echo, or a human at work. */
  | 'page_message'
  /** The customer read up to a message. */
  | 'read'
  /** The customer reacted to a message, or changed or took back one of their own; `change` says what. */
  | MessageChange['kind']
  /** Stored and shown, but nobody acts on it. */
  | 'ignored';

/** One event of a webhook, typed and checked. The connector has already named who the customer is. */
export interface InboundEvent {
  kind: InboundKind;
  /** The shop's account id on the channel. */
  accountExternalId: string;
  /** The customer's id on the channel. */
  contactExternalId: string;
  /**
   * Unique within the account: the provider's message id where it has one, else a hash of what identifies the event.
   */
  dedupeKey: string;
  /** The provider's id of the message, if any. */
  externalMessageId: string | null;
  messageKind: MessageKind;
  /** NUL removed, at most 20,000 UTF-16 units, or null. */
  text: string | null;
  /** Payload of a tapped button or quick reply. */
  payload: string | null;
  media: Media[];
  /** Milliseconds since the epoch; the receive time where the provider's is missing or absurd (then `timeFlagged`). */
  occurredAtMs: number;
  timeFlagged: boolean;
  /** For `read`: the provider's id of the message read, or null for "everything so far". */
  readExternalId: string | null;
  /**
   * For `reaction`, `edit` and `unsend`. They may come before the message that they name, and more than once under other
   * keys; `text` and `media` are empty then, and `dedupeKey` is made of message, customer, action and time.
   */
  change?: MessageChange;
}

/** A raw webhook request, as received. */
export interface WebhookRequest {
  rawBody: Buffer;
  /** Lower-case names. */
  headers: Readonly<Record<string, string | string[] | undefined>>;
  receivedAtMs: number;
}

export interface ParseContext {
  /** Tells whether an id is one of our accounts on this channel. */
  isAccount(externalId: string): boolean;
}

/** One item that could not be read; kept with its reason, never thrown away. */
export interface QuarantinedItem {
  reason: string;
  item: unknown;
}

export interface ParsedWebhook {
  events: InboundEvent[];
  quarantined: QuarantinedItem[];
}

/** What a provider answered when it took a message. */
export interface SendReceipt {
  /** The provider's message id, or null where it gives none. */
  externalId: string | null;
  httpStatus: number;
}

export interface SendRequest {
  accountExternalId: string;
  contactExternalId: string;
  content: OutboundContent;
  /** Our outbound row's id; passed on where a provider can carry it back in its echo. */
  intentId: string;
  signal?: AbortSignal;
}

export interface ChannelLimits {
  /** Limit of one text, in `textUnit`s. */
  maxText: number;
  textUnit: 'bytes' | 'characters';
  maxQuickReplies: number;
  maxButtons: number;
  maxCards: number;
  maxTitleCharacters: number;
}

/**
 * A channel. One folder implements it; nothing outside that folder knows the provider's words.
 * Only `send` does I/O.
 */
export interface Connector {
  readonly name: ChannelName;
  readonly limits: ChannelLimits;
  /** Throws SignatureError when the request is not the provider's. */
  verify(request: WebhookRequest): void;
  /** Throws InvalidInputError when the body as a whole cannot be read; single bad items are quarantined. */
  parse(request: WebhookRequest, context: ParseContext): ParsedWebhook;
  /**
   * Splits or shortens a content so that each part is one provider request within the limits.
   * Pure: the parts become outbound rows before anything is sent.
   */
  fit(content: OutboundContent): OutboundContent[];
  /**
   * One provider request, never repeated inside.
   * Throws ChannelRejectedError (permanent), ChannelUnavailableError (certainly not processed: may be repeated) or
   * ChannelOutcomeUnknownError (bytes may have left, no usable answer).
   */
  send(request: SendRequest): Promise<SendReceipt>;
}
