import type { ChatCompletionMessageParam } from 'openai/resources/chat/completions';
import { PeykError } from '../../platform/errors.ts';
import { type CheckedReply, checkReply, groundsOf } from '../checks/output-checks.ts';
import type { PromptStore } from '../prompts/prompts.ts';
import { buildRepairMessages, buildReplyMessages, type ReplyConversation } from '../reply-messages.ts';
import { type Completion, readAnswer, readCompletion } from './completion.ts';
import type { CheckResult, ModelUsage, ReplyModel, ReplyProposal, ReplyRequest, ReplyResult } from './model.ts';
import { costOf } from './model-prices.ts';
import { createClient, withDeadline } from './openai-client.ts';
import { bodyError, ProviderOutputError, toModelError, UnreadableBodyError } from './provider-errors.ts';
import { firstShape, optionsOf, simplerShape } from './request-shape.ts';
import { PROVIDER_DEFAULTS, type ProviderSettings } from './settings.ts';

export interface OpenAiModelOptions {
  provider: ProviderSettings;
  /** For one request, its whole body included. A repair round has the same time again. */
  timeoutMs: number;
  prompts: PromptStore;
  /** Random marker that goes into the system prompt and must never come back. */
  canary: string;
  /** Wall clock for `Retry-After` dates, milliseconds since the epoch. */
  now?: () => number;
}

interface Candidate {
  proposal: ReplyProposal;
  checked: CheckedReply;
}

/**
 * One OpenAI-compatible provider. Asks once, and once more when the answer cannot be used (repair). The SDK repeats
 * nothing: the caller decides about that. An abort of `request.signal` rejects with its reason.
 */
export function createOpenAiModel(options: OpenAiModelOptions): ReplyModel {
  const ask = createAsk(options);
  return { name: options.provider.name, reply: (request) => replyWith(ask, options, request) };
}

async function replyWith(ask: Ask, options: OpenAiModelOptions, request: ReplyRequest): Promise<ReplyResult> {
  const { prompts, canary, provider } = options;
  const conversation = buildReplyMessages(request, prompts, canary);
  const safeText = prompts.texts('builtin', request.language).texts.safe?.[0] ?? '';
  const context = {
    language: request.language,
    maxReplyBytes: request.maxReplyBytes,
    grounds: groundsOf(request),
    canary,
    promptText: conversation.promptText,
    safeText,
  };
  const usage: ModelUsage[] = [];
  let messages = conversation.messages;
  let fallback: Candidate | null = null;
  let problem = '';

  for (const round of ['first', 'repair'] as const) {
    const asked = await askOrFall(ask, messages, request.signal, usage, fallback !== null);
    if (!asked) break;
    const reading = asked.completion
      ? readAnswer(asked.completion)
      : { ok: false as const, problem: 'it was not readable' };
    const firstProblem: string = round === 'repair' ? problem : '';
    if (reading.ok) {
      const { proposal } = reading;
      if (proposal.action === 'silent') return finish({ proposal, checked: SILENT }, usage, conversation, firstProblem);
      const checked = checkReply(proposal.text, context);
      if (checked.repairable.length === 0) return finish({ proposal, checked }, usage, conversation, firstProblem);
      if (checked.replaced && fallback?.checked.replaced !== false) fallback = { proposal, checked };
      problem = describe(checked);
    } else {
      problem = reading.problem;
      const begun = 'begun' in reading ? reading.begun : undefined;
      const checked = begun && checkReply(begun.text, context);
      // Asked again to be shorter; should that not arrive, its whole sentences are an answer.
      if (begun && checked?.repairable.length === 0 && !checked.replaced) fallback = { proposal: begun, checked };
    }
    const answer = asked.completion?.content;
    // An answer that did not even arrive is asked for again as it was.
    if (answer !== undefined) {
      messages = [...messages, ...buildRepairMessages(answer, problem, request.language, conversation, prompts)];
    }
  }
  if (fallback) return finish(fallback, usage, conversation, problem);
  throw new ProviderOutputError(`${provider.name}: no usable answer after one repair (${problem})`, usage);
}

const SILENT: CheckedReply = { text: '', checks: [], replaced: false, repairable: [] };

/** Null when the repair round failed and there is a safe text to fall back on. */
async function askOrFall(
  ask: Ask,
  messages: ChatCompletionMessageParam[],
  signal: AbortSignal | undefined,
  usage: ModelUsage[],
  hasFallback: boolean,
): Promise<{ completion: Completion | null } | null> {
  try {
    return { completion: await ask(messages, signal, usage) };
  } catch (error) {
    if (error instanceof UnreadableBodyError) return { completion: null };
    if (hasFallback && error instanceof PeykError && !signal?.aborted) return null;
    throw error;
  }
}

function describe({ repairable, checks }: CheckedReply): string {
  const words: Readonly<Partial<Record<CheckResult['name'], string>>> = {
    empty: 'the text is empty',
    links: 'it holds a link that is not in the reference data',
    language: "it is not in the customer's language",
  };
  const noteOf = (name: CheckResult['name']) => {
    const note = checks.find((check) => check.name === name && !check.passed)?.note;
    return note ? `it holds ${note}` : name;
  };
  return [...new Set(repairable)].map((check) => words[check] ?? noteOf(check)).join('; ');
}

function finish(
  { proposal, checked }: Candidate,
  usage: ModelUsage[],
  { prompt }: ReplyConversation,
  repaired: string,
): ReplyResult {
  const shape: CheckResult = repaired
    ? { name: 'shape', passed: false, note: `asked again: ${repaired}` }
    : { name: 'shape', passed: true };
  return {
    proposal: { ...proposal, text: checked.text },
    promptName: prompt.name,
    promptVersion: prompt.version,
    usage,
    checks: [shape, ...checked.checks],
    replaced: checked.replaced,
  };
}

type Ask = (
  messages: ChatCompletionMessageParam[],
  signal: AbortSignal | undefined,
  usage: ModelUsage[],
) => Promise<Completion>;

function createAsk(options: OpenAiModelOptions): Ask {
  const { provider, timeoutMs, prompts, now = Date.now } = options;
  const model = provider.model ?? PROVIDER_DEFAULTS[provider.name].model;
  const client = createClient(provider, timeoutMs);
  // A server that refuses a parameter says so once; then it is asked in a simpler way.
  let shape = firstShape(provider.name, model);

  const request = async (messages: ChatCompletionMessageParam[], signal: AbortSignal) => {
    for (let tried = shape; ; ) {
      try {
        const body = { model, messages, ...optionsOf(tried, prompts.schema('reply')) };
        const asked = client.chat.completions.create(body, { signal, maxRetries: 0, timeout: timeoutMs });
        const answered = await asked.withResponse();
        shape = tried;
        return answered;
      } catch (error) {
        const simpler = simplerShape(tried, error);
        if (!simpler) throw error;
        tried = simpler;
      }
    }
  };

  return async (messages, signal, usage) => {
    const started = performance.now();
    try {
      const { data, response } = await withDeadline(
        (inner) => request(messages, inner),
        timeoutMs,
        provider.name,
        signal,
      );
      const completion = readCompletion(data);
      usage.push(measure(completion, provider.name, model, messages, Math.round(performance.now() - started)));
      if (completion.error !== undefined) throw bodyError(completion.error, provider.name, response.headers, now());
      return completion;
    } catch (error) {
      if (signal?.aborted) throw signal.reason;
      throw error instanceof PeykError ? error : toModelError(error, provider.name, now());
    }
  };
}

function measure(
  completion: Completion,
  provider: string,
  model: string,
  messages: ChatCompletionMessageParam[],
  latencyMs: number,
): ModelUsage {
  // A server that does not count is counted for roughly, lest it be free of every budget.
  const inputTokens = completion.inputTokens ?? Math.ceil(Buffer.byteLength(JSON.stringify(messages)) / 4);
  const outputTokens = completion.outputTokens ?? Math.ceil(Buffer.byteLength(completion.content) / 4);
  const costMicros = completion.costMicros ?? costOf(model, inputTokens, outputTokens);
  return { provider, model, inputTokens, outputTokens, costMicros, latencyMs };
}
