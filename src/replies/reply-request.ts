import type { Language } from '../text/message.ts';
import { tellHours, weekdayIn } from './business-hours.ts';
import type { ReplyRequest } from './models/model.ts';
import type { ReplyContext } from './reply-context.ts';
import type { TurnKnowledge } from './stage.ts';

/** One line of the transcript reaches a model with at most this many characters. */
const MAX_LINE_CHARACTERS = 4000;

/**
 * The shop's facts and the transcript as a model takes them. `maxReplyBytes` is the channel's limit; channels that count
 * characters lose a little by it, and never a message.
 */
export function toReplyRequest(
  context: ReplyContext,
  maxReplyBytes: number,
  language: Language,
  signal?: AbortSignal,
  known?: TurnKnowledge | null,
): ReplyRequest {
  return {
    businessName: context.businessName,
    businessPrompt: context.businessPrompt,
    language,
    transcript: context.transcript.map((line) => ({
      author: line.author,
      text: line.text === '' ? `[${line.kind}]` : line.text.slice(0, MAX_LINE_CHARACTERS),
    })),
    faqs: context.faqs,
    ...(context.shopPrompt
      ? { prompt: { version: context.shopPrompt.version, template: context.shopPrompt[language] } }
      : {}),
    facts: tellHours(context.businessHours ?? null, language),
    ...(context.businessHours?.length
      ? { hours: { times: context.businessHours, today: weekdayIn(context.timeZone, new Date()) } }
      : {}),
    ...(known ? { products: [...known.products], focusProductIds: [...known.focusIds] } : {}),
    ...(known?.orders?.length ? { orders: [...known.orders] } : {}),
    maxReplyBytes,
    ...(signal ? { signal } : {}),
  };
}
