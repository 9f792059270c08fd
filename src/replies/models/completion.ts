import { z } from 'zod';
import { wholeSentences } from '../checks/reply-length.ts';
import type { ReplyAction, ReplyProposal } from './model.ts';
import { UnreadableBodyError } from './provider-errors.ts';
import { withoutThinking } from './thinking.ts';

/** What we read of a provider's answer. Everything else in it is ignored. */
const completionSchema = z.looseObject({
  error: z.unknown().optional(),
  model: z.string().optional().catch(undefined),
  choices: z
    .array(
      z.looseObject({
        error: z.unknown().optional(),
        finish_reason: z.string().nullish().catch(null),
        message: z
          .looseObject({ content: z.unknown().optional(), refusal: z.string().nullish().catch(null) })
          .nullish()
          .catch(null),
      }),
    )
    .optional(),
  usage: z
    .looseObject({
      prompt_tokens: z.number().nonnegative().optional().catch(undefined),
      completion_tokens: z.number().nonnegative().optional().catch(undefined),
      cost: z.number().nonnegative().optional().catch(undefined),
    })
    .nullish()
    .catch(null),
});

export interface Completion {
  content: string;
  refused: boolean;
  finishReason: string | null;
  /** Set when the provider reported a failure within an answer of status 200. */
  error: unknown;
  inputTokens: number | null;
  outputTokens: number | null;
  costMicros: number | null;
}

/** Reads a chat completion. Throws UnreadableBodyError when it is none. */
export function readCompletion(body: unknown): Completion {
  const parsed = completionSchema.safeParse(typeof body === 'string' ? parseJson(body) : body);
  if (!parsed.success) throw new UnreadableBodyError();
  const { data } = parsed;
  const choice = data.choices?.[0];
  const error = data.error ?? choice?.error ?? (choice?.finish_reason === 'error' ? {} : undefined);
  if (!choice && error === undefined) throw new UnreadableBodyError();
  return {
    content: textOfContent(choice?.message?.content),
    refused: Boolean(choice?.message?.refusal) || choice?.finish_reason === 'content_filter',
    finishReason: choice?.finish_reason ?? null,
    error,
    inputTokens: data.usage?.prompt_tokens ?? null,
    outputTokens: data.usage?.completion_tokens ?? null,
    costMicros: data.usage?.cost === undefined ? null : Math.ceil(data.usage.cost * 1e6),
  };
}

/** Some compatible servers send the content in parts. */
function textOfContent(content: unknown): string {
  if (typeof content === 'string') return content;
  if (!Array.isArray(content)) return '';
  return content.map((part: unknown) => (isRecord(part) && typeof part.text === 'string' ? part.text : '')).join('');
}

const ACTIONS: readonly ReplyAction[] = ['reply', 'handoff', 'silent'];
/** Longer answers are no replies but runaway text; the limit also bounds the work of the checks. */
const MAX_ANSWER_CHARS = 20_000;

export type AnswerReading =
  | { ok: true; proposal: ReplyProposal }
  /** `begun`: the whole sentences of an answer that was cut off. */
  | { ok: false; problem: string; begun?: ReplyProposal };

/** What providers call it when the answer reached its greatest length. */
const CUT_OFF = /^(?:length|max_(?:output_)?tokens)$/i;

/**
 * The proposal that a completion holds. JSON may stand alone, in a code fence or within prose; plain text is a reply by
 * itself. What a model says to itself is no part of it. Extra keys are ignored and wrong values of the lesser fields fall
 * back. What looks like broken JSON, or was cut off, is no text.
 */
export function readAnswer(completion: Completion): AnswerReading {
  const given = completion.content.trim();
  if (completion.refused) return { ok: false, problem: 'the model refused' };
  if (given === '') return { ok: false, problem: 'it is empty' };
  if (given.length > MAX_ANSWER_CHARS) return { ok: false, problem: 'it is far too long' };
  // JSON as a whole may hold such marks within its text, where they are read by themselves.
  const content = isRecord(parseJson(given)) ? given : withoutThinking(given);
  if (content === '') return { ok: false, problem: 'it holds thinking and no answer' };
  const cut = CUT_OFF.test(completion.finishReason ?? '');
  const found = findJson(content);
  if (found !== undefined) return readObject(found);
  if (looksLikeJson(content))
    return { ok: false, problem: cut ? 'the JSON was cut off; be shorter' : 'the JSON is not valid' };
  if (!cut) return { ok: true, proposal: plainReply(content) };
  const begun = wholeSentences(content);
  return { ok: false, problem: 'it was cut off; be shorter', ...(begun ? { begun: plainReply(begun) } : {}) };
}

function plainReply(text: string): ReplyProposal {
  return { text, action: 'reply', purchaseIntent: false, intent: 'other' };
}

function readObject(value: unknown): AnswerReading {
  if (typeof value === 'string' && value.trim() !== '') return { ok: true, proposal: plainReply(value) };
  if (!isRecord(value)) return { ok: false, problem: 'it is not a JSON object' };
  const action = ACTIONS.find((known) => known === value.action) ?? 'reply';
  const given = [value.text, value.reply, value.message, value.answer].find((field) => typeof field === 'string');
  if (typeof given !== 'string' && action !== 'silent') return { ok: false, problem: '"text" is missing' };
  const text = typeof given === 'string' ? withoutThinking(given) : '';
  const intent = typeof value.intent === 'string' && /^[a-z][a-z_]{0,39}$/.test(value.intent) ? value.intent : 'other';
  const purchaseIntent = value.purchaseIntent === true || value.purchase_intent === true;
  return { ok: true, proposal: { text, action, purchaseIntent, intent } };
}

/**
 * The whole content as JSON, else the content of a code fence, else the outermost braces; undefined when none parses.
 */
function findJson(content: string): unknown {
  if (/^[[{"]/.test(content)) {
    const whole = parseJson(content);
    if (whole !== undefined) return whole;
  }
  const fenced = /```(?:json)?\s*([\s\S]*?)```/i.exec(content)?.[1];
  if (fenced !== undefined) {
    const inside = parseJson(fenced.trim());
    if (isRecord(inside)) return inside;
  }
  const open = content.indexOf('{');
  const close = content.lastIndexOf('}');
  if (open < 0 || close < open) return undefined;
  const braces = parseJson(content.slice(open, close + 1));
  return isRecord(braces) ? braces : undefined;
}

function looksLikeJson(content: string): boolean {
  return /^(?:[[{]|```)/.test(content) || /"(?:text|action|intent|purchaseIntent)"\s*:/.test(content);
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
