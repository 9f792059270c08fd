import { z } from 'zod';
import { ChannelOutcomeUnknownError, ChannelRejectedError, ChannelUnavailableError } from '../../platform/errors.ts';
import type { SendReceipt } from '../channel.ts';
import { parseJsonBody } from '../json-body.ts';
import type { ProviderAnswer } from '../provider-client.ts';
import { readRetryAfterMs } from '../retry-after.ts';

const idSchema = z
  .union([z.string(), z.number()])
  .transform(String)
  .pipe(z.string().min(1).max(200))
  .nullish()
  .catch(null);

const answerSchema = z.object({
  success: z.unknown().optional(),
  message_id: idSchema,
  id: idSchema,
  data: z.object({ message_id: idSchema }).nullish().catch(null),
});
type DirectamAnswer = z.infer<typeof answerSchema>;

/** The gateway answers this, with various statuses, to servers that its panel does not list. */
const NOT_WHITELISTED = /request from invalid endpoint/i;

/**
 * Reads what Directam answered to one send. The messages name statuses only: an answer may quote the key or the text.
 * @throws ChannelRejectedError, ChannelUnavailableError or ChannelOutcomeUnknownError
 */
export function readDirectamAnswer(answer: ProviderAnswer, nowMs: number): SendReceipt {
  const { status } = answer;
  if (NOT_WHITELISTED.test(answer.text)) {
    throw new ChannelRejectedError(
      "Directam does not list this server's address; add it in its panel",
      'not_whitelisted',
    );
  }
  if (status < 200 || status > 299) throw classifyStatus(answer, nowMs);
  const body = readBody(answer.text);
  if (body?.success === true) {
    return { externalId: body.message_id ?? body.id ?? body.data?.message_id ?? null, httpStatus: status };
  }
  if (body?.success === false) throw new ChannelRejectedError('Directam refused the message', 'refused');
  throw new ChannelOutcomeUnknownError(
    `Directam answered ${status} without saying whether it sent`,
    'unreadable_answer',
  );
}

function readBody(text: string): DirectamAnswer | null {
  try {
    return answerSchema.safeParse(parseJsonBody(text)).data ?? null;
  } catch {
    return null;
  }
}

function classifyStatus(answer: ProviderAnswer, nowMs: number): Error {
  const { status } = answer;
  const retryAfterMs = readRetryAfterMs(answer.headers['retry-after'], nowMs);
  if (status === 429 || status === 425) return new ChannelUnavailableError(`Directam answered ${status}`, retryAfterMs);
  // Who names a time to come back has put the request off; a bare 503 may come from a proxy that had passed it on.
  if (status === 503 && retryAfterMs !== null)
    return new ChannelUnavailableError('Directam answered 503', retryAfterMs);
  if (status === 401 || status === 403) {
    return new ChannelRejectedError(`Directam answered ${status}: check SERVICE_API_KEY`, 'bad_api_key');
  }
  if (isWrongAddress(answer)) {
    return new ChannelRejectedError(`Directam answered ${status}: check DIRECTAM_BASE_URL`, 'wrong_base_url');
  }
  // 408 is what a proxy says that lost retryBudget, 302 and 303 what a server may say after it did the work.
  const isRefusal = status >= 400 && status < 500 && status !== 408;
  if (isRefusal) return new ChannelRejectedError(`Directam answered ${status}`, 'refused');
  return new ChannelOutcomeUnknownError(
    `Directam answered ${status}`,
    status >= 500 ? 'server_error' : 'unexpected_status',
  );
}

/** 404 with Directam's own JSON is about the receiver; without it, nothing of Directam lives at that address. */
function isWrongAddress({ status, text }: ProviderAnswer): boolean {
  if (status === 404) return typeof readBody(text)?.success !== 'boolean';
  return status === 405 || status === 301 || status === 307 || status === 308;
}
