import { createHmac, timingSafeEqual } from 'node:crypto';
import { SignatureError } from '../../platform/errors.ts';
import type { WebhookRequest } from '../connector.ts';

const HEADER = 'x-webhook-signature';

/**
 * Checks that a webhook carries the hex HMAC-SHA256 of its raw bytes. With no secret every request passes.
 * @throws SignatureError when the signature is missing, malformed or another body's
 */
export function verifyDirectamSignature(request: WebhookRequest, secret: string | null): void {
  if (secret === null) return;
  const header = request.headers[HEADER];
  if (header === undefined) throw new SignatureError('The webhook is not signed');
  const digits = typeof header === 'string' ? /^(?:sha256=)?([0-9a-f]{64})$/i.exec(header.trim())?.[1] : undefined;
  if (digits === undefined) throw new SignatureError('The webhook signature is malformed');
  const expected = createHmac('sha256', secret).update(request.rawBody).digest();
  if (!timingSafeEqual(Buffer.from(digits, 'hex'), expected))
    throw new SignatureError('The webhook signature is wrong');
}
