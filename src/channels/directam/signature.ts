import { createHmac, timingSafeEqual } from 'node:crypto';
import { SignatureError } from '../../platform/errors.ts';
import type { WebhookRequest } from '../channel.ts';
import type { DirectamCredentials } from './credentials.ts';

const HEADER = 'x-webhook-signature';

/** Whether any account has a secret: from then on every webhook must be signed. */
export function hasSigner(credentials: readonly DirectamCredentials[]): boolean {
  return credentials.some(({ webhookSecret }) => webhookSecret);
}

/**
 * Checks that a webhook carries the hex HMAC-SHA256 of its raw bytes with the secret of one of the accounts. As soon as
 * one account has a secret, every webhook must be signed. While none has, all pass unless `mustBeSigned`. Returns whose secret
 * it is; null for what passed unsigned.
 * @throws SignatureError when the signature is missing, malformed or another body's
 */
export function verifyDirectamSignature(
  request: WebhookRequest,
  credentials: readonly DirectamCredentials[],
  mustBeSigned: boolean,
): DirectamCredentials | null {
  const signers = credentials.filter(({ webhookSecret }) => webhookSecret);
  if (signers.length === 0 && !mustBeSigned) return null;
  if (signers.length === 0) throw new SignatureError('There is no secret to check a signature by', 'no_secret');
  const header = request.headers[HEADER];
  if (header === undefined) throw new SignatureError('The webhook is not signed');
  const digits = typeof header === 'string' ? /^(?:sha256=)?([0-9a-f]{64})$/i.exec(header.trim())?.[1] : undefined;
  if (digits === undefined) throw new SignatureError('The webhook signature is malformed');
  const given = Buffer.from(digits, 'hex');
  const signer = signers.find(({ webhookSecret }) => {
    return timingSafeEqual(
      given,
      createHmac('sha256', webhookSecret as string)
        .update(request.rawBody)
        .digest(),
    );
  });
  if (!signer) throw new SignatureError('The webhook signature is wrong');
  return signer;
}
