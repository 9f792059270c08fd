import { InvalidInputError } from '../../platform/errors.ts';
import type { InboundEvent, InboundKind, ParseContext, ParsedWebhook, WebhookRequest } from '../channel.ts';
import { keyFromContent, keyFromProviderId } from '../dedupe-key.ts';
import { capText } from '../inbound-text.ts';
import { parseJsonBody } from '../json-body.ts';
import { readOccurredAt } from '../occurred-at.ts';
import { type DirectamContent, readDirectamContent } from './content.ts';
import { type DirectamItem, directamItemSchema } from './item.schema.ts';

/** No gateway batches more; a larger body is refused as a whole rather than half stored. */
const MAX_ITEMS = 1000;
const MAX_PAYLOAD = 2000;

/** Why one item cannot be stored as an event; becomes its reason in quarantine. */
class UnreadableItem extends Error {}

/**
 * Turns a Directam webhook (one event, or a list of them) into typed events. An item that names no sender or receiver
 * is quarantined; the others are kept.
 * @throws InvalidInputError when the body is no JSON object or list, is nested too deeply, or holds over 1,000 items
 */
export function parseDirectamWebhook(request: WebhookRequest, context: ParseContext): ParsedWebhook {
  const body = parseJsonBody(request.rawBody);
  if (typeof body !== 'object' || body === null) {
    throw new InvalidInputError('The body must be a JSON object or a list of them');
  }
  const items: unknown[] = Array.isArray(body) ? body : [body];
  if (items.length > MAX_ITEMS) throw new InvalidInputError(`The body holds more than ${MAX_ITEMS} items`);
  const parsed: ParsedWebhook = { events: [], statuses: [], quarantined: [] };
  for (const item of items) {
    try {
      parsed.events.push(parseItem(item, request.receivedAtMs, context));
    } catch (error) {
      if (!(error instanceof UnreadableItem)) throw error;
      parsed.quarantined.push({ reason: error.message, item });
    }
  }
  return parsed;
}

function parseItem(raw: unknown, receivedAtMs: number, context: ParseContext): InboundEvent {
  const checked = directamItemSchema.safeParse(raw);
  if (!checked.success) throw new UnreadableItem('The item is not an object');
  const item = checked.data;
  const parties = nameParties(item, context);
  const content = readDirectamContent(item);
  const id = item.message_id ?? item.mid ?? item.id ?? null;
  const isRead = content.role === 'read';
  return {
    kind: nameKind(content, parties.isFromAccount),
    accountExternalId: parties.account,
    isAttributed: parties.isAttributed,
    contactExternalId: parties.contact,
    dedupeKey: nameEvent(item, content, id, receivedAtMs),
    externalMessageId: isRead ? null : id,
    messageKind: content.messageKind,
    text: content.text === null ? null : capText(content.text),
    payload: content.payload === null ? null : capText(content.payload, MAX_PAYLOAD),
    media: content.media,
    ...readOccurredAt(item.timestamp, receivedAtMs),
    readExternalId: isRead ? (item.read?.message_id ?? item.message_id ?? item.mid ?? null) : null,
  };
}

interface Parties {
  account: string;
  contact: string;
  isFromAccount: boolean;
  isAttributed: boolean;
}

/**
 * The customer is whichever side is not ours. Where neither id is known, the sender is: of a customer's message by
 * nature, of an admin's message because Directam's documented form names the customer as sender there too.
 */
function nameParties(item: DirectamItem, context: ParseContext): Parties {
  const sender = item.sender_id ?? item.sender;
  const receiver = item.receiver_id ?? item.receiver;
  if (!sender) throw new UnreadableItem('The sender is missing or unreadable');
  if (!receiver) throw new UnreadableItem('The receiver is missing or unreadable');
  if (sender === receiver) throw new UnreadableItem('The sender is the receiver');
  const isAdmin = Boolean(item.is_admin || item.admin_is || item.isAdmin || item.is_echo);
  if (context.isAccount(sender)) return { account: sender, contact: receiver, isFromAccount: true, isAttributed: true };
  const isAttributed = context.isAccount(receiver);
  return { account: receiver, contact: sender, isFromAccount: isAdmin, isAttributed };
}

function nameKind(content: DirectamContent, isFromAccount: boolean): InboundKind {
  if (content.role === 'signal') return 'ignored';
  // That the shop read its own inbox tells nothing about the customer.
  if (content.role === 'read') return isFromAccount ? 'ignored' : 'read';
  return isFromAccount ? 'page_message' : 'message';
}

/** The provider's id where there is one. A read names another message's id, so it is always known by its content. */
function nameEvent(item: DirectamItem, content: DirectamContent, id: string | null, receivedAtMs: number): string {
  if (id !== null && content.role === 'message') return keyFromProviderId('message', id);
  const timestamp = item.timestamp ?? null;
  return keyFromContent(content.role, [
    item.sender_id ?? item.sender,
    item.receiver_id ?? item.receiver,
    item.message_type ?? null,
    content.text,
    content.payload,
    content.media.map((entry) => entry.url),
    id,
    item.read?.message_id ?? null,
    timestamp,
    // With no time of the provider's, the minute of receipt tells a repeated delivery from a repeated question.
    timestamp === null ? Math.floor(receivedAtMs / 60_000) : null,
  ]);
}
