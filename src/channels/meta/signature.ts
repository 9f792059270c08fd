import { createHmac, timingSafeEqual } from 'node:crypto';
import { InvalidInputError, SignatureError } from '../../platform/errors.ts';
import type { WebhookAnswer, WebhookRequest } from '../channel.ts';
import type { MetaCredentials } from './credentials.ts';
import type { MetaSettings } from './settings.ts';

/** The older `x-hub-signature` is of SHA-1: it proves nothing by itself. */
const HEADER = 'x-hub-signature-256';
const MAX_CHALLENGE = 200;

/**
 * Checks that a webhook carries the hex HMAC-SHA256 of its raw bytes with one of the secrets: the installation's or an
 * account's. Which of an app's two secrets signs is not documented, so any may. Returns whose secret it is; null for the
 * installation's, and for everything while signatures are skipped.
 * @throws SignatureError when the signature is missing, malformed or another body's
 */
export function verifyMetaSignature(
  { headers, rawBody }: WebhookRequest,
  credentials: readonly MetaCredentials[],
  { appSecrets, skipSignature = false }: Pick<MetaSettings, 'appSecrets' | 'skipSignature'>,
): MetaCredentials | null {
  if (skipSignature) return null;
  const signers = credentials.filter(({ appSecret }) => appSecret);
  if (appSecrets.length + signers.length === 0)
    throw new SignatureError('There is no app secret to check a signature by', 'no_secret');
  const header = headers[HEADER];
  if (header === undefined) throw new SignatureError('The webhook is not signed');
  const digits = typeof header === 'string' ? /^sha256=([0-9a-f]{64})$/i.exec(header.trim())?.[1] : undefined;
  if (digits === undefined) throw new SignatureError('The webhook signature is malformed');
  const given = Buffer.from(digits, 'hex');
  const fits = (secret: string) => timingSafeEqual(given, createHmac('sha256', secret).update(rawBody).digest());
  if (appSecrets.some(fits)) return null;
  const signer = signers.find(({ appSecret }) => fits(appSecret as string));
  if (!signer) throw new SignatureError('The webhook signature is wrong');
  return signer;
}

/**
 * The answer by which Meta learns that the address is ours: its own challenge, as text.
 * @throws SignatureError for another word than the one that was agreed
 * @throws InvalidInputError for a challenge that is missing, repeated or no line of text
 */
export function answerMetaChallenge(
  { url = '' }: WebhookRequest,
  { verifyToken }: Pick<MetaSettings, 'verifyToken'>,
): WebhookAnswer {
  const query = new URL(url, 'http://meta').searchParams;
  const [mode, token] = [query.getAll('hub.mode'), query.getAll('hub.verify_token')];
  const isKnown = token.length === 1 && verifyToken !== null && isEqual(token[0] ?? '', verifyToken);
  if (!isKnown || mode.length !== 1 || mode[0] !== 'subscribe')
    throw new SignatureError('The verify token is missing or wrong');
  const [challenge = '', ...others] = query.getAll('hub.challenge');
  if (others.length > 0 || challenge.length > MAX_CHALLENGE || !/^[^\p{Cc}\p{Cs}]+$/u.test(challenge))
    throw new InvalidInputError('The challenge cannot be read');
  return { type: 'text/plain; charset=utf-8', body: challenge };
}

/** Of equal length by construction, so that nothing of the token shows in the time that it takes. */
function isEqual(given: string, known: string): boolean {
  const digest = (text: string) => createHmac('sha256', 'verify-token').update(text).digest();
  return timingSafeEqual(digest(given), digest(known));
}
