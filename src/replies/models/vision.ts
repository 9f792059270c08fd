import { z } from 'zod';
import { PeykError } from '../../platform/errors.ts';
import type { Language } from '../../text/message.ts';
import type { PromptStore } from '../prompts/prompts.ts';
import { readCompletion } from './completion.ts';
import type { ModelUsage } from './model.ts';
import { costOf } from './model-prices.ts';
import { createClient, withDeadline } from './openai-client.ts';
import { toModelError } from './provider-errors.ts';
import type { ProviderSettings } from './settings.ts';
import { withoutThinking } from './thinking.ts';

/** What a picture shows, as words to search the catalog with. */
export interface Seen {
  /** Empty when no product can be told. */
  words: string;
  usage: ModelUsage[];
}

/** A model that sees. Throws the model errors; asks once, for nobody waits long for a guess. */
export interface ImageReader {
  /** @param image bytes with their media type, already fetched and bounded */
  read(image: { type: string; body: Buffer }, language: Language, signal?: AbortSignal): Promise<Seen>;
}

export interface ImageReaderOptions {
  provider: ProviderSettings;
  model: string;
  timeoutMs: number;
  prompts: PromptStore;
}

const MAX_OUTPUT_TOKENS = 200;
const MAX_WORDS_CHARS = 120;
const answerSchema = z.object({ words: z.string() });

/** One OpenAI-compatible model that takes pictures. What it says is searched for, and never shown. */
export function createImageReader({ provider, model, timeoutMs, prompts }: ImageReaderOptions): ImageReader {
  const client = createClient(provider, timeoutMs);
  return {
    async read({ type, body }, language, signal) {
      const started = performance.now();
      const url = `data:${type};base64,${body.toString('base64')}`;
      const messages = [
        { role: 'system' as const, content: prompts.prompt('vision', language).render({}) },
        {
          role: 'user' as const,
          content: [{ type: 'image_url' as const, image_url: { url, detail: 'low' as const } }],
        },
      ];
      try {
        const completion = readCompletion(
          await withDeadline(
            (inner) =>
              client.chat.completions.create({ model, messages, max_tokens: MAX_OUTPUT_TOKENS }, { signal: inner }),
            timeoutMs,
            provider.name,
            signal,
          ),
        );
        const inputTokens = completion.inputTokens ?? 0;
        const outputTokens = completion.outputTokens ?? 0;
        const costMicros = completion.costMicros ?? costOf(model, inputTokens, outputTokens);
        const latencyMs = Math.round(performance.now() - started);
        return {
          words: wordsIn(withoutThinking(completion.content)),
          usage: [{ provider: provider.name, model, inputTokens, outputTokens, costMicros, latencyMs }],
        };
      } catch (error) {
        if (signal?.aborted) throw signal.reason;
        throw error instanceof PeykError ? error : toModelError(error, provider.name, Date.now());
      }
    },
  };
}

/** The words of an answer in JSON; an answer of a few plain words is taken as them. */
function wordsIn(content: string): string {
  const braces = /\{[\s\S]*\}/.exec(content)?.[0];
  if (braces === undefined) return content.length <= MAX_WORDS_CHARS ? content.trim() : '';
  try {
    const parsed = answerSchema.safeParse(JSON.parse(braces));
    return parsed.success ? parsed.data.words.slice(0, MAX_WORDS_CHARS) : '';
  } catch {
    return '';
  }
}
