import { z } from 'zod';
import { ChannelOutcomeUnknownError, ChannelRejectedError, ChannelUnavailableError } from '../../platform/errors.ts';
import type { SendReceipt } from '../channel.ts';
import { parseJsonBody } from '../json-body.ts';
import type { ProviderAnswer } from '../provider-client.ts';
import { readRetryAfterMs } from '../retry-after.ts';
import { type MetaError, readMetaError } from './errors.ts';
import { optionalId } from './item.schema.ts';

const number = z.coerce.number().int().nullish().catch(null);
const answerSchema = z.object({
  message_id: optionalId,
  recipient_id: optionalId,
  error: z
    .object({ code: number, error_subcode: number, is_transient: z.boolean().nullish().catch(null) })
    .nullish()
    .catch(null),
});

/** For a throttled account where Meta names no time. */
const PAUSE_MS = 60_000;

/**
 * Reads what Meta answered to one send. The messages name codes only: an answer may quote the token or the text.
 * `pauseMs` is what the usage headers ask for, if anything.
 * @throws ChannelRejectedError, ChannelUnavailableError or ChannelOutcomeUnknownError
 */
export function readMetaAnswer(answer: ProviderAnswer, nowMs: number, pauseMs: number | null): SendReceipt {
  const { status, headers, text } = answer;
  const body = readBody(text);
  const error = readError(body);
  // An error may come with status 200.
  if (error) throw toFailure(error, status, pauseMs ?? readRetryAfterMs(headers['retry-after'], nowMs));
  if (status >= 200 && status < 300) {
    if (body?.message_id || body?.recipient_id) return { externalId: body.message_id ?? null, httpStatus: status };
    throw new ChannelOutcomeUnknownError(`Meta answered ${status} without naming the message`, 'unreadable_answer');
  }
  throw classifyStatus(status, pauseMs ?? readRetryAfterMs(headers['retry-after'], nowMs));
}

type Body = z.infer<typeof answerSchema>;

function readBody(text: string): Body | null {
  try {
    return answerSchema.safeParse(parseJsonBody(text)).data ?? null;
  } catch {
    return null;
  }
}

function readError(body: Body | null): MetaError | null {
  const { code, error_subcode: subcode, is_transient: isTransient } = body?.error ?? {};
  if (code === undefined || code === null) return null;
  return { code, subcode: subcode ?? null, isTransient: isTransient ?? false };
}

function toFailure(error: MetaError, status: number, retryAfterMs: number | null): Error {
  const verdict = readMetaError(error, status);
  const said = `Meta answered ${status} with error ${error.code}${error.subcode === null ? '' : `/${error.subcode}`}`;
  if (verdict.kind === 'throttled') return new ChannelUnavailableError(said, retryAfterMs ?? PAUSE_MS);
  if (verdict.kind === 'unknown') return new ChannelOutcomeUnknownError(said, verdict.reason);
  return new ChannelRejectedError(said, verdict.reason);
}

/** Without a word of Meta's own. */
function classifyStatus(status: number, retryAfterMs: number | null): Error {
  const said = `Meta answered ${status}`;
  if (status === 429) return new ChannelUnavailableError(said, retryAfterMs ?? PAUSE_MS);
  if (status === 401) return new ChannelRejectedError(said, 'token_expired');
  if ([301, 307, 308, 404, 405].includes(status)) return new ChannelRejectedError(said, 'wrong_base_url');
  if (status >= 400 && status < 500 && status !== 408) return new ChannelRejectedError(said, 'refused');
  return new ChannelOutcomeUnknownError(said, status >= 500 ? 'server_error' : 'unexpected_status');
}
