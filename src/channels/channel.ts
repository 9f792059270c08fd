import type { z } from 'zod';
import type { Media, MessageChange, MessageKind, OutboundContent } from '../text/message.ts';
import type {
  ChannelLimits,
  ConsentRules,
  CredentialField,
  PanelText,
  SetUpStep,
  WindowPolicy,
} from './channel-rules.ts';
import type { ChannelSettings } from './settings.ts';

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

/** One event of a webhook, typed and checked. The channel has already named who the customer is. */
export interface InboundEvent {
  kind: InboundKind;
  /** The shop's account id on the channel. */
  accountExternalId: string;
  /**
   * False where neither party was known as an account of ours and the webhook does not say which one is: the account is
   * then the likelier of the two.
   */
  isAttributed: boolean;
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

/** What happened to an account of ours and to nobody's conversation: a comment, a mention, figures of a story. */
export interface AccountNotice {
  accountExternalId: string;
  /** The provider's own word for it. */
  kind: string;
  /** As the provider wrote it. */
  value: Record<string, unknown>;
  occurredAtMs: number;
  timeFlagged: boolean;
}

/** What became of a message of ours after the provider took it. */
export interface DeliveryStatus {
  accountExternalId: string;
  /** The provider's id of the message; null where it names only ours. */
  externalMessageId: string | null;
  /** Our outbound row's id, where the provider carries it back. */
  intentId: string | null;
  state: 'delivered' | 'read' | 'failed';
  /** For `failed`: a short stable word, or the provider's own code. */
  reason: string;
  occurredAtMs: number;
}

/** A raw webhook request, as received. */
export interface WebhookRequest {
  rawBody: Buffer;
  /** Lower-case names. */
  headers: Readonly<Record<string, string | string[] | undefined>>;
  receivedAtMs: number;
  /** Path and query as they were asked for; absent where nobody posted it. Kept with the body, which headers are not. */
  url?: string;
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
  statuses: DeliveryStatus[];
  /** Absent: the channel tells nothing of the kind. They are kept with their delivery. */
  notices?: AccountNotice[];
  quarantined: QuarantinedItem[];
}

/** An answer as it goes over the wire, with status 200. */
export interface WebhookAnswer {
  type: string;
  body: string;
}

/** One address that a provider calls. */
export interface WebhookRoute {
  /** Without a slash at its end. One address may be shared by several channels. */
  path: string;
  /** POST brings events; GET asks whether the address is ours. */
  methods: readonly ('GET' | 'POST')[];
  /**
   * Tells this channel's requests from those of others at the same address, by headers, query or the look of the body. The
   * one route of an address that has none takes what no other recognises. Never asked where an address has one route.
   */
  recognises?(request: WebhookRequest): boolean;
  /** What a POST is answered once it is durable. */
  acknowledgement: WebhookAnswer;
  /** For the API's document. */
  description: string;
}

/** What a provider answered when it took a message. */
export interface SendReceipt {
  /** The provider's message id, or null where it gives none. */
  externalId: string | null;
  httpStatus: number;
}

export interface SendRequest<Credentials = unknown> {
  accountExternalId: string;
  contactExternalId: string;
  content: OutboundContent;
  /** Our outbound row's id; passed on where a provider can carry it back in its echo or its status. */
  intentId: string;
  /** Of the account; null while it has none. */
  credentials: Credentials | null;
  /** A person wrote it, and only what the channel grants to people lets it leave now. */
  asHumanAgent?: boolean;
  signal?: AbortSignal;
}

/** What an account needs before it can send or check who calls. */
export interface CredentialRules<Credentials> {
  /** Strict: a field that nobody reads is a mistake. */
  schema: z.ZodType<Credentials>;
  fields: readonly CredentialField[];
}

/** What an answer becomes on a channel; known also of channels that are not built yet. */
export interface ChannelForm {
  /** Stable: stored in rows and shown in addresses. */
  readonly name: string;
  readonly label: PanelText;
  readonly limits: ChannelLimits;
  readonly window: WindowPolicy;
  readonly consent: ConsentRules;
  /**
   * Splits or shortens a content so that each part is one provider request within the limits.
   * Pure: the parts become outbound rows before anything is sent.
   */
  fit(content: OutboundContent): OutboundContent[];
}

/** Everything about a channel that is known before any setting is read. */
export interface ChannelDescriptor<Credentials = unknown> extends ChannelForm {
  /** Empty: reached from inside only. */
  readonly webhooks: readonly WebhookRoute[];
  /** Null: the channel needs none. */
  readonly credentials: CredentialRules<Credentials> | null;
  readonly setUp: readonly SetUpStep[];
}

/**
 * A channel that is on. One folder implements it; nothing outside that folder knows the provider's words.
 * Only `send` does I/O.
 */
export interface Channel<Credentials = unknown> extends ChannelDescriptor<Credentials> {
  /**
   * Throws SignatureError when the request is not the provider's. `credentials` are those of all accounts of the channel,
   * because before the body is read nobody knows whose it is: one that fits is enough, and is returned; null for a request
   * that needs no proof.
   */
  verify(request: WebhookRequest, credentials: readonly Credentials[]): Credentials | null;
  /**
   * Whether any of these proves who posts. Absent where every webhook needs proof and an account cannot be without. While it is
   * false, `verify` lets everybody pass or nobody, as the settings say.
   */
  canVerify?(credentials: readonly Credentials[]): boolean;
  /**
   * For an address that also takes GET: the answer by which we prove that it is ours. Throws SignatureError when who asks
   * does not know the word that was agreed.
   */
  answerChallenge?(request: WebhookRequest, credentials: readonly Credentials[]): WebhookAnswer;
  /** Whether the provider runs on this machine, and can fetch files from it that nobody else can. Absent: never. */
  isLocal?(credentials: Credentials | null): boolean;
  /** Throws InvalidInputError when the body as a whole cannot be read; single bad items are quarantined. */
  parse(request: WebhookRequest, context: ParseContext): ParsedWebhook;
  /**
   * One provider request, never repeated inside.
   * Throws ChannelRejectedError (permanent; `not_configured` without usable credentials), ChannelUnavailableError
   * (certainly not processed: may be repeated) or ChannelOutcomeUnknownError (bytes may have left, no usable answer).
   */
  send(request: SendRequest<Credentials>): Promise<SendReceipt>;
}

/** A line of the list of channels. */
export interface ChannelDefinition {
  descriptor: ChannelDescriptor;
  /** Null when the settings turn it off. Throws InvalidInputError when they are there but not usable. */
  create(settings: ChannelSettings): Channel | null;
  /** What the settings give to every account that has no credentials of its own; null: nothing. */
  credentialsOf?(settings: ChannelSettings): unknown;
  /** They are those of one account: nobody else is connected without credentials of their own. */
  settingsAreOfOneAccount?: true;
}

/** The channels that are on, by name. */
export type Channels = ReadonlyMap<string, Channel>;
