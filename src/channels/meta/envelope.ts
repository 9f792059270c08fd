import { z } from 'zod';
import { InvalidInputError } from '../../platform/errors.ts';
import type { WebhookRequest } from '../channel.ts';
import { parseJsonBody } from '../json-body.ts';
import { optionalId } from './item.schema.ts';

/** What a delivery holds of one account, however it was wrapped. */
export interface MetaEntry {
  /** `instagram` or `page`; null where the sender left it out. */
  object: string | null;
  /** The account's id; null where it is missing. */
  id: string | null;
  time: unknown;
  /** Messages and what was done to them. */
  messaging: unknown[];
  /** The same of conversations that another app has at the moment. */
  standby: unknown[];
  changes: unknown[];
  /** As it came, for what cannot be read. */
  raw: unknown;
}

/** Far more than Meta batches; a larger body is refused as a whole rather than half stored. */
const MAX_UPDATES = 5000;

const list = z.array(z.unknown()).nullish().catch(null);
const entrySchema = z.object({
  id: optionalId,
  time: z.unknown().optional(),
  messaging: list,
  standby: list,
  changes: list,
  field: z.unknown().optional(),
  value: z.unknown().optional(),
});
const envelopeSchema = z.object({ object: z.string().nullish().catch(null), entry: z.unknown().optional() });

/** What was read of a body: a request is looked at more than once while it is being accepted. */
const bodies = new WeakMap<Buffer, unknown>();

/** @throws InvalidInputError when it is no JSON */
function readBody({ rawBody }: Pick<WebhookRequest, 'rawBody'>): unknown {
  if (!bodies.has(rawBody)) bodies.set(rawBody, parseJsonBody(rawBody));
  return bodies.get(rawBody);
}

/**
 * The entries of a delivery: of one envelope, or of a list of them as the documentation wraps its samples.
 * @throws InvalidInputError when the body is no JSON object or list, is nested too deeply, or holds over 5,000 updates
 */
export function readEntries(request: WebhookRequest): MetaEntry[] {
  const body = readBody(request);
  if (typeof body !== 'object' || body === null)
    throw new InvalidInputError('The body must be a JSON object or a list of them');
  const entries = (Array.isArray(body) ? body : [body]).flatMap(readEnvelope);
  const updates = entries.reduce((sum, { messaging, standby, changes }) => {
    return sum + messaging.length + standby.length + changes.length;
  }, 0);
  if (Math.max(updates, entries.length) > MAX_UPDATES)
    throw new InvalidInputError(`The body holds more than ${MAX_UPDATES} updates`);
  return entries;
}

function readEnvelope(raw: unknown): MetaEntry[] {
  const envelope = envelopeSchema.safeParse(raw);
  if (!envelope.success) return [{ ...NOTHING, raw }];
  const { object = null, entry } = envelope.data;
  const entries = Array.isArray(entry) ? entry : [entry ?? raw];
  return entries.map((one) => readEntry(object, one));
}

const NOTHING: Omit<MetaEntry, 'raw'> = { object: null, id: null, time: null, messaging: [], standby: [], changes: [] };

/** Some documents show a change without the list around it. */
function readEntry(object: string | null, raw: unknown): MetaEntry {
  const entry = entrySchema.safeParse(raw);
  if (!entry.success) return { ...NOTHING, object, raw };
  const { id = null, time, messaging, standby, changes, field, value } = entry.data;
  const flat = field === undefined && value === undefined ? [] : [{ field, value }];
  return {
    object,
    id,
    time,
    messaging: messaging ?? [],
    standby: standby ?? [],
    changes: [...(changes ?? []), ...flat],
    raw,
  };
}

/** Which of Meta's products a body is of: the `object` of its first envelope; null where none is named. */
export function objectOf(request: WebhookRequest): string | null {
  try {
    const body = readBody(request);
    const first: unknown = Array.isArray(body) ? body[0] : body;
    return envelopeSchema.safeParse(first).data?.object ?? null;
  } catch {
    return null;
  }
}

const DIRECTAM_WORDS = ['sender', 'sender_id', 'receiver', 'receiver_id', 'message_type', 'is_admin'] as const;

/**
 * Whether a request at an address that others share is Meta's. Nearly all of the others' are told apart without being read:
 * they carry another signature, and the word `entry` stands nowhere in them.
 */
export function isOfMeta(request: WebhookRequest): boolean {
  const { headers, rawBody } = request;
  if ('x-webhook-signature' in headers) return false;
  const isSigned = 'x-hub-signature-256' in headers || 'x-hub-signature' in headers;
  if (!isSigned && !rawBody.includes('"entry"')) return false;
  try {
    const body = readBody(request);
    const first: unknown = Array.isArray(body) ? body[0] : body;
    if (typeof first !== 'object' || first === null) return isSigned;
    return 'entry' in first || (isSigned && !DIRECTAM_WORDS.some((word) => word in first));
  } catch {
    return isSigned;
  }
}
