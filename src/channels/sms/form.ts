import { InvalidInputError } from '../../platform/errors.ts';
import type { WebhookRequest } from '../channel.ts';

/** The fields of a webhook; of one that is there more than once, all values. */
export type WebhookFields = ReadonlyMap<string, readonly string[]>;

/** What of a body is read; providers send some twenty fields. */
const MAX_FIELDS = 500;

/** Whether the body is one JSON object, as Twilio posts it where a webhook is set up so. */
export function isJson({ rawBody }: WebhookRequest): boolean {
  return /^\s*\{/.test(rawBody.toString('utf8', 0, 64));
}

/** Reads a form, or one JSON object of plain values. Throws InvalidInputError for anything else. */
export function readFields(request: WebhookRequest): WebhookFields {
  const body = request.rawBody.toString('utf8');
  return isJson(request) ? fieldsOfJson(body) : fieldsOfForm(body);
}

/** The first value of a field, trimmed; empty when it is missing. */
export function fieldOf(fields: WebhookFields, name: string): string {
  return fields.get(name)?.[0]?.trim() ?? '';
}

function fieldsOfForm(body: string): WebhookFields {
  const fields = new Map<string, string[]>();
  let count = 0;
  for (const [name, value] of new URLSearchParams(body)) {
    count += 1;
    if (count > MAX_FIELDS) throw new InvalidInputError('The form has too many fields.');
    fields.set(name, [...(fields.get(name) ?? []), value]);
  }
  return fields;
}

function fieldsOfJson(body: string): WebhookFields {
  let value: unknown;
  try {
    value = JSON.parse(body);
  } catch {
    throw new InvalidInputError('The body is neither a form nor JSON.');
  }
  const entries = Object.entries(value as object).slice(0, MAX_FIELDS);
  return new Map(
    entries.flatMap(([name, field]) =>
      ['string', 'number', 'boolean'].includes(typeof field) ? [[name, [String(field)]] as const] : [],
    ),
  );
}
