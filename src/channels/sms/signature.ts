import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import { SignatureError } from '../../platform/errors.ts';
import type { WebhookRequest } from '../channel.ts';
import type { TwilioCredentials } from './credentials.ts';
import { isJson, readFields, type WebhookFields } from './form.ts';

/**
 * Base64 of the HMAC-SHA1 over the address as Twilio called it and every field, sorted by name: each name with its values, of
 * equal names sorted and each once. A body of JSON is named by its SHA-256 in the address instead.
 */
export function twilioSignature(authToken: string, url: string, fields: WebhookFields): string {
  const signed = [...fields]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .flatMap(([name, values]) => [...new Set(values)].sort().map((value) => `${name}${value}`));
  return createHmac('sha1', authToken)
    .update(url + signed.join(''), 'utf8')
    .digest('base64');
}

/** Throws SignatureError unless one of the tokens signed the request. Returns the credentials whose token it was. */
export function verifyTwilioSignature(
  request: WebhookRequest,
  credentials: readonly TwilioCredentials[],
  publicBaseUrl: string,
): TwilioCredentials {
  const given = request.headers['x-twilio-signature'];
  if (typeof given !== 'string' || given === '') throw new SignatureError('The signature is missing.');
  if (credentials.length === 0) throw new SignatureError('No account has a token to check it with.', 'no_secret');
  const fields = fieldsToSign(request);
  const urls = addressesOf(request, publicBaseUrl);
  for (const one of credentials)
    if (urls.some((url) => isSame(given, twilioSignature(one.authToken, url, fields)))) return one;
  throw new SignatureError('The signature does not fit.');
}

function fieldsToSign(request: WebhookRequest): WebhookFields {
  if (!isJson(request)) return readFields(request);
  const stated = new URL(request.url ?? '/', 'http://address.invalid').searchParams.get('bodySHA256') ?? '';
  const digest = createHash('sha256').update(request.rawBody).digest('hex');
  if (!isSame(stated.toLowerCase(), digest)) throw new SignatureError('The digest of the body does not fit.');
  return new Map();
}

/** The forms in which Twilio may have written the address: with the standard port and without. */
function addressesOf({ url = '' }: WebhookRequest, publicBaseUrl: string): string[] {
  const base = publicBaseUrl.replace(/\/+$/, '');
  const { port, protocol } = new URL(base);
  const other = port === '' ? base.replace(/^(https?:\/\/[^/?#]+)/, `$1:${protocol === 'https:' ? 443 : 80}`) : null;
  return [base, ...(other ? [other] : [])].map((one) => `${one}${url}`);
}

function isSame(one: string, other: string): boolean {
  const [a, b] = [Buffer.from(one), Buffer.from(other)];
  return a.length === b.length && timingSafeEqual(a, b);
}
