import type { MessageChange } from '../../text/message.ts';
import type {
  AccountNotice,
  DeliveryStatus,
  InboundEvent,
  InboundKind,
  ParsedWebhook,
  QuarantinedItem,
  WebhookRequest,
} from '../channel.ts';
import { keyFromContent, keyFromProviderId } from '../dedupe-key.ts';
import { capText } from '../inbound-text.ts';
import { readOccurredAt } from '../occurred-at.ts';
import { type MetaContent, readMetaMessage } from './content.ts';
import { type MetaEntry, readEntries } from './envelope.ts';
import { type MetaItem, metaChangeSchema, metaItemSchema } from './item.schema.ts';

const MAX_PAYLOAD = 2000;
/** The dashboard's test button writes as this account. */
const TEST_ACCOUNT = '0';
/** Meta names most reactions; only some come with their picture. */
const EMOJIS: Readonly<Record<string, string>> = {
  love: '❤️',
  like: '👍',
  dislike: '👎',
  smile: '😆',
  wow: '😮',
  sad: '😢',
  angry: '😠',
};

/** Why one item cannot be stored as an event; becomes its reason in quarantine. */
class UnreadableItem extends Error {}

/** One item of a delivery, and where it stood. */
interface Place {
  entry: MetaEntry;
  item: MetaItem;
  raw: unknown;
  /** Another app has the conversation: what comes is told to us, and not ours to answer. */
  isStandby: boolean;
  receivedAtMs: number;
}

/** What one item turned out to be; nothing of it: it says nothing to anybody. */
interface Read {
  event?: InboundEvent;
  statuses?: DeliveryStatus[];
  notice?: AccountNotice;
}

/**
 * Turns a delivery of Instagram (either login) or Messenger into typed events: one body, many accounts, many items. What
 * cannot be read is quarantined item by item; what is not of a conversation (comments, mentions, figures) is a notice of its
 * account; what only Meta's dashboard sent as a test is neither.
 * @throws InvalidInputError when the body is no JSON object or list, is nested too deeply, or holds over 5,000 updates
 */
export function parseMetaWebhook(request: WebhookRequest): ParsedWebhook {
  const parsed: ParsedWebhook & { notices: AccountNotice[] } = {
    events: [],
    statuses: [],
    quarantined: [],
    notices: [],
  };
  const { receivedAtMs } = request;
  const add = (raw: unknown, read: () => Read | null): void => {
    try {
      const found = read();
      if (found?.event) parsed.events.push(found.event);
      if (found?.statuses) parsed.statuses.push(...found.statuses);
      if (found?.notice) parsed.notices.push(found.notice);
    } catch (error) {
      if (!(error instanceof UnreadableItem)) throw error;
      parsed.quarantined.push({ reason: error.message, item: raw } satisfies QuarantinedItem);
    }
  };
  for (const entry of readEntries(request)) {
    if (entry.id === TEST_ACCOUNT) continue;
    const { messaging, standby, changes } = entry;
    if (messaging.length + standby.length + changes.length === 0)
      add(entry.raw, () => {
        throw new UnreadableItem('The entry holds no update');
      });
    for (const raw of messaging) add(raw, () => readItem(entry, raw, { receivedAtMs, isStandby: false }));
    for (const raw of standby) add(raw, () => readItem(entry, raw, { receivedAtMs, isStandby: true }));
    for (const raw of changes) add(raw, () => readChange(entry, raw, receivedAtMs));
  }
  return parsed;
}

/** A change is a message where it has a sender, as some products send them; else something about the account. */
function readChange(entry: MetaEntry, raw: unknown, receivedAtMs: number): Read | null {
  const change = metaChangeSchema.safeParse(raw);
  const { field, value } = change.data ?? {};
  if (typeof value !== 'object' || value === null) throw new UnreadableItem('The change holds nothing');
  if ('sender' in value || 'recipient' in value)
    return readItem(entry, value, { receivedAtMs, isStandby: field === 'standby' });
  if (!entry.id) throw new UnreadableItem('The account is missing');
  const time = 'created_time' in value ? value.created_time : entry.time;
  const notice: AccountNotice = {
    accountExternalId: entry.id,
    kind: field || 'unknown',
    value: value as Record<string, unknown>,
    ...readOccurredAt(time, receivedAtMs),
  };
  return { notice };
}

function readItem(entry: MetaEntry, raw: unknown, where: Pick<Place, 'receivedAtMs' | 'isStandby'>): Read | null {
  const checked = metaItemSchema.safeParse(raw);
  if (!checked.success) throw new UnreadableItem('The item is not an object');
  const place = { entry, raw, item: checked.data, ...where };
  return isEmptyEdit(checked.data) ? null : readOf(place);
}

/** Comes along with new messages, often naming nobody, and changes nothing. */
function isEmptyEdit({ message_edit: edit }: MetaItem): boolean {
  return Boolean(edit) && (Number(edit?.num_edit ?? 1) === 0 || (edit?.text ?? null) === null);
}

interface Parties {
  account: string;
  contact: string;
  isFromAccount: boolean;
}

/** The entry names the account; of the two parties the customer is the other one. Null: it wrote to itself, as a test. */
function nameParties({ entry, item }: Place): Parties | null {
  const [sender, recipient] = [item.sender?.id ?? null, item.recipient?.id ?? null];
  const isEcho = item.message?.is_echo ?? false;
  const account = entry.id ?? (isEcho ? sender : recipient);
  if (!account) throw new UnreadableItem('The account is missing');
  const isFromAccount = isEcho || sender === account;
  const contact = isFromAccount ? recipient : sender;
  if (item.message?.is_self || contact === account) return null;
  if (!contact) throw new UnreadableItem(isFromAccount ? 'The receiver is missing' : 'The sender is missing');
  return { account, contact, isFromAccount };
}

function readOf(place: Place): Read | null {
  const { item } = place;
  const parties = nameParties(place);
  if (!parties) return null;
  if (place.isStandby) return { event: ignored(place, parties, 'standby') };
  if (item.message) return { event: messageOf(place, parties, item.message) };
  if (item.postback) return { event: postbackOf(place, parties, item.postback) };
  if (item.reaction?.mid) return { event: reactionOf(place, parties, item.reaction.mid) };
  if (item.message_edit?.mid) return { event: editOf(place, parties, item.message_edit.mid) };
  if (item.read) return { event: readReceipt(place, parties, item.read) };
  if (item.delivery) return deliveryOf(place, parties, item.delivery);
  return { event: ignored(place, parties, item.referral ? 'referral' : 'other') };
}

const NOTHING_SAID = { messageKind: 'unsupported', text: null, payload: null, media: [] } as const;

type Fields = Pick<InboundEvent, 'kind' | 'dedupeKey'> & Partial<InboundEvent>;

/** An event of one item; what the item's kind does not say is nothing. */
function eventOf({ item, entry, receivedAtMs }: Place, { account, contact }: Parties, fields: Fields): InboundEvent {
  return {
    accountExternalId: account,
    isAttributed: true,
    contactExternalId: contact,
    externalMessageId: null,
    ...NOTHING_SAID,
    media: [],
    readExternalId: null,
    ...readOccurredAt(item.timestamp ?? entry.time, receivedAtMs),
    ...fields,
  };
}

function messageOf(place: Place, parties: Parties, message: NonNullable<MetaItem['message']>): InboundEvent {
  const { mid = null } = message;
  if (message.is_deleted) {
    if (mid === null) throw new UnreadableItem('The message that was taken back is not named');
    const key = keyFromContent('unsend', [mid, place.item.timestamp ?? null]);
    return changeOf(place, parties, { kind: 'unsend', externalId: mid }, key);
  }
  const content = readMetaMessage(message);
  const dedupeKey = mid === null ? keyOfUnnamed('message', place, content) : keyFromProviderId('message', mid);
  const kind: InboundKind = parties.isFromAccount ? 'page_message' : 'message';
  return eventOf(place, parties, { kind, dedupeKey, externalMessageId: mid, ...cap(content) });
}

function postbackOf(place: Place, parties: Parties, postback: NonNullable<MetaItem['postback']>): InboundEvent {
  const { mid = null, title = null, payload = null, referral } = postback;
  const content: MetaContent = {
    messageKind: 'postback',
    text: title ?? payload,
    payload: payload ?? referral?.ref ?? null,
    media: [],
  };
  const dedupeKey = mid === null ? keyOfUnnamed('postback', place, content) : keyFromProviderId('postback', mid);
  // That the account tapped its own button tells nothing.
  const kind: InboundKind = parties.isFromAccount ? 'ignored' : 'message';
  return eventOf(place, parties, { kind, dedupeKey, externalMessageId: mid, ...cap(content) });
}

function reactionOf(place: Place, parties: Parties, mid: string): InboundEvent {
  const { reaction, timestamp } = place.item;
  if (parties.isFromAccount) return ignored(place, parties, 'reaction');
  const isTakenBack = reaction?.action === 'unreact';
  const emoji = isTakenBack ? null : reaction?.emoji?.trim() || (EMOJIS[reaction?.reaction ?? ''] ?? '🙂');
  const key = keyFromContent('reaction', [mid, parties.contact, reaction?.action ?? null, timestamp ?? null, emoji]);
  return changeOf(place, parties, { kind: 'reaction', externalId: mid, emoji }, key);
}

function editOf(place: Place, parties: Parties, mid: string): InboundEvent {
  const { message_edit: edit, timestamp } = place.item;
  const key = keyFromContent('edit', [mid, String(edit?.num_edit ?? timestamp ?? edit?.text)]);
  return changeOf(place, parties, { kind: 'edit', externalId: mid, text: capText(edit?.text ?? '') }, key);
}

function changeOf(place: Place, parties: Parties, change: MessageChange, dedupeKey: string): InboundEvent {
  return eventOf(place, parties, { kind: change.kind, change, dedupeKey });
}

/** Instagram names the message that was read, Messenger the time up to which everything was. */
function readReceipt(place: Place, parties: Parties, { mid, watermark }: NonNullable<MetaItem['read']>): InboundEvent {
  const { contact, isFromAccount } = parties;
  const dedupeKey = keyFromContent('read', [contact, mid ?? watermark ?? place.item.timestamp ?? null]);
  // That the shop read its own inbox tells nothing about the customer.
  if (isFromAccount) return ignored(place, parties, 'read');
  const time = mid || watermark === undefined ? {} : readOccurredAt(watermark, place.receivedAtMs);
  return eventOf(place, parties, { kind: 'read', dedupeKey, readExternalId: mid ?? null, ...time });
}

/** Messenger only. Without ids it tells nothing that `read` and echoes do not. */
function deliveryOf(place: Place, { account }: Parties, { mids }: NonNullable<MetaItem['delivery']>): Read | null {
  const { occurredAtMs } = readOccurredAt(place.item.timestamp ?? place.item.delivery?.watermark, place.receivedAtMs);
  const named = (mids ?? []).filter((mid): mid is string => Boolean(mid));
  const statuses = named.map(
    (externalMessageId): DeliveryStatus => ({
      accountExternalId: account,
      externalMessageId,
      intentId: null,
      state: 'delivered',
      reason: '',
      occurredAtMs,
    }),
  );
  return { statuses };
}

/** Stored with its delivery, and nobody acts on it. */
function ignored(place: Place, parties: Parties, scope: string): InboundEvent {
  const { account, contact } = parties;
  return eventOf(place, parties, { kind: 'ignored', dedupeKey: keyFromContent(scope, [account, contact, place.raw]) });
}

function keyOfUnnamed(scope: string, { item, entry, receivedAtMs }: Place, content: MetaContent): string {
  const timestamp = item.timestamp ?? entry.time ?? null;
  return keyFromContent(scope, [
    item.sender?.id ?? null,
    item.recipient?.id ?? null,
    content.text,
    content.payload,
    content.media.map(({ url }) => url),
    timestamp,
    // With no time of the provider's, the minute of receipt tells a repeated delivery from a repeated question.
    timestamp === null ? Math.floor(receivedAtMs / 60_000) : null,
  ]);
}

function cap({ text, payload, ...content }: MetaContent): MetaContent {
  return {
    ...content,
    text: text === null ? null : capText(text),
    payload: payload === null ? null : capText(payload, MAX_PAYLOAD),
  };
}
