import { detectOptOut } from '../../text/intents.ts';
import type { Media } from '../../text/message.ts';
import type { DeliveryStatus, InboundEvent, ParseContext, ParsedWebhook, WebhookRequest } from '../channel.ts';
import { keyFromProviderId } from '../dedupe-key.ts';
import { capText, cleanText } from '../inbound-text.ts';
import { reasonOfTwilio } from './errors.ts';
import { fieldOf, readFields, type WebhookFields } from './form.ts';

const MAX_ID = 200;
const MAX_MEDIA = 10;
const ID = /^[^\s\p{Cc}]{1,200}$/u;
const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
/** What Twilio tells of a message of ours that it has not given to anybody yet. */
const UNDER_WAY = new Set(['accepted', 'scheduled', 'queued', 'sending', 'sent', 'partially_delivered', 'canceled']);

/** Reads one webhook of Twilio's: a message that came in, or what became of one of ours. Throws InvalidInputError for no form at all. */
export function parseTwilioWebhook(request: WebhookRequest, context: ParseContext): ParsedWebhook {
  const fields = readFields(request);
  const nothing = { events: [], statuses: [], quarantined: [] };
  const quarantine = (reason: string) => ({ ...nothing, quarantined: [{ reason, item: Object.fromEntries(fields) }] });
  const sid = fieldOf(fields, 'MessageSid') || fieldOf(fields, 'SmsSid') || fieldOf(fields, 'SmsMessageSid');
  if (!ID.test(sid)) return quarantine('no_message_id');
  const state = fieldOf(fields, 'MessageStatus') || fieldOf(fields, 'SmsStatus');
  if (state !== '' && state !== 'received' && state !== 'receiving') {
    const accountExternalId = accountOf(fields, fieldOf(fields, 'From'), context);
    const status = toStatus(request, fields, { sid, state, accountExternalId });
    if (status) return { ...nothing, statuses: [status] };
    return UNDER_WAY.has(state) ? nothing : quarantine('unknown_status');
  }
  const contact = fieldOf(fields, 'From');
  const account = accountOf(fields, fieldOf(fields, 'To'), context);
  if (!ID.test(contact) || !ID.test(account)) return quarantine('no_sender_or_receiver');
  return { ...nothing, events: [toEvent(request, fields, { sid, contact, account }, context)] };
}

/** The number that was written to or from, else the messaging service, whichever somebody has connected. */
function accountOf(fields: WebhookFields, number: string, { isAccount }: ParseContext): string {
  const service = fieldOf(fields, 'MessagingServiceSid');
  return !isAccount(number) && service !== '' && isAccount(service) ? service : number.slice(0, MAX_ID);
}

function toEvent(
  { receivedAtMs }: WebhookRequest,
  fields: WebhookFields,
  { sid, contact, account }: { sid: string; contact: string; account: string },
  { isAccount }: ParseContext,
): InboundEvent {
  const media = mediaOf(fields);
  const text = capText(cleanText(wordsOf(fields)));
  return {
    kind: 'message',
    accountExternalId: account,
    isAttributed: isAccount(account),
    contactExternalId: contact,
    dedupeKey: keyFromProviderId('sms', sid),
    externalMessageId: sid,
    messageKind: text === '' && media[0] ? media[0].kind : 'text',
    text: text === '' ? null : text,
    payload: null,
    media,
    occurredAtMs: receivedAtMs,
    timeFlagged: false,
    readExternalId: null,
  };
}

/** What Twilio took for a STOP or START is one, in whatever words it came. */
function wordsOf(fields: WebhookFields): string {
  const body = fieldOf(fields, 'Body');
  const understood = fieldOf(fields, 'OptOutType').toUpperCase();
  return (understood === 'STOP' || understood === 'START') && detectOptOut(body) === null ? understood : body;
}

function mediaOf(fields: WebhookFields): Media[] {
  const count = Math.min(MAX_MEDIA, Number.parseInt(fieldOf(fields, 'NumMedia'), 10) || 0);
  return Array.from({ length: count }, (_, index) => index).flatMap((index): Media[] => {
    const url = fieldOf(fields, `MediaUrl${index}`);
    if (!URL.canParse(url) || !/^https?:$/.test(new URL(url).protocol)) return [];
    const [kind] = fieldOf(fields, `MediaContentType${index}`).split('/');
    return [{ kind: kind === 'image' || kind === 'video' || kind === 'audio' ? kind : 'file', url }];
  });
}

function toStatus(
  { url = '', receivedAtMs }: WebhookRequest,
  fields: WebhookFields,
  { sid, state, accountExternalId }: { sid: string; state: string; accountExternalId: string },
): DeliveryStatus | null {
  const reached = stateOf(state);
  if (!reached) return null;
  const outbound = new URL(url, 'http://address.invalid').searchParams.get('outbound') ?? '';
  return {
    accountExternalId,
    externalMessageId: sid,
    intentId: UUID.test(outbound) ? outbound.toLowerCase() : null,
    state: reached,
    reason: reached === 'failed' ? reasonOfTwilio(Number.parseInt(fieldOf(fields, 'ErrorCode'), 10) || 0) : '',
    occurredAtMs: receivedAtMs,
  };
}

function stateOf(state: string): DeliveryStatus['state'] | null {
  if (state === 'delivered' || state === 'read') return state;
  return state === 'undelivered' || state === 'failed' ? 'failed' : null;
}
