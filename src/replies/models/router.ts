import { randomBytes } from 'node:crypto';
import { ModelOutputError, ModelRejectedError, ModelUnavailableError } from '../../platform/errors.ts';
import { createPromptStore, type PromptStore } from '../prompts/prompts.ts';
import { createBuiltinModel } from './builtin-model.ts';
import type { ModelUsage, ReplyModel, ReplyRequest, ReplyResult } from './model.ts';
import { type ModelWatch, watchModel } from './model-watch.ts';
import { createOpenAiModel } from './openai-model.ts';
import { ProviderOutputError, ProviderRejectedError } from './provider-errors.ts';
import { type AiSettings, orderProviders } from './settings.ts';

export interface ReplyModelDeps {
  /** The project's prompt files by default. */
  prompts?: PromptStore;
  /** Random marker of this process by default. */
  canary?: string;
  /** Wall clock, milliseconds since the epoch. */
  now?: () => number;
  /** Is told what becomes of each question to a provider. */
  watch?: ModelWatch;
}

/** A provider that refused our key or has no credit is left alone for this long. */
const ACCOUNT_REST_MS = 60_000;

/**
 * The reply model that the settings ask for: the builtin responder, or the configured providers one after the other
 * until
 * one answers. Throws when none does: ModelUnavailableError (with the longest wait that a provider asked for) if any
 * may
 * answer later, else ModelOutputError if any answered unusably, else ModelRejectedError.
 */
export function createReplyModel(settings: AiSettings, deps: ReplyModelDeps = {}): ReplyModel {
  const { prompts = createPromptStore(), canary = randomBytes(12).toString('hex'), now = Date.now, watch } = deps;
  if (settings.provider === 'builtin') return createBuiltinModel(prompts);
  const models = orderProviders(settings, 'reply').map((provider) => {
    const model = createOpenAiModel({ provider, timeoutMs: settings.timeoutMs, prompts, canary, now });
    return watch ? watchModel(model, provider, watch, restAfter) : model;
  });
  if (models.length === 0) throw new Error(`The provider ${settings.provider} is chosen but not configured`);
  return createFallOver(models, now);
}

interface Rest {
  untilMs: number;
  error: ModelUnavailableError | ProviderRejectedError;
}

/**
 * Tries models in order. One that refused the account rests for a minute, one that named a time to wait rests that
 * long;
 * a resting model is passed over without a request.
 */
export function createFallOver(models: readonly ReplyModel[], now: () => number = Date.now): ReplyModel {
  const resting = new Map<ReplyModel, Rest>();
  return {
    name: models.map((model) => model.name).join('>'),
    async reply(request: ReplyRequest): Promise<ReplyResult> {
      const spent: ModelUsage[] = [];
      const errors: Error[] = [];
      for (const model of models) {
        const rest = resting.get(model);
        if (rest && rest.untilMs > now()) {
          errors.push(remaining(rest, now()));
          continue;
        }
        resting.delete(model);
        try {
          const result = await model.reply(request);
          return { ...result, usage: [...spent, ...result.usage] };
        } catch (error) {
          if (request.signal?.aborted || !isModelError(error)) throw error;
          if (error instanceof ProviderOutputError) spent.push(...error.usage);
          const restMs = restAfter(error);
          if (restMs > 0) resting.set(model, { untilMs: now() + restMs, error: error as Rest['error'] });
          errors.push(error);
        }
      }
      throw summarise(errors, spent);
    },
  };
}

function isModelError(error: unknown): error is ModelUnavailableError | ModelRejectedError | ModelOutputError {
  return (
    error instanceof ModelUnavailableError || error instanceof ModelRejectedError || error instanceof ModelOutputError
  );
}

function restAfter(error: Error): number {
  if (error instanceof ModelUnavailableError) return error.retryAfterMs ?? 0;
  return error instanceof ProviderRejectedError && error.kind === 'account' ? ACCOUNT_REST_MS : 0;
}

function remaining({ error, untilMs }: Rest, nowMs: number): Error {
  return error instanceof ModelUnavailableError ? new ModelUnavailableError(error.message, untilMs - nowMs) : error;
}

function summarise(errors: readonly Error[], spent: ModelUsage[]): Error {
  const message = errors.map((error) => error.message).join('; ');
  const unavailable = errors.filter((error) => error instanceof ModelUnavailableError);
  if (unavailable.length > 0) {
    const waits = unavailable.map((error) => error.retryAfterMs).filter((wait) => wait !== null);
    return new ModelUnavailableError(message, waits.length > 0 ? Math.max(...waits) : null);
  }
  if (errors.some((error) => error instanceof ModelOutputError)) return new ProviderOutputError(message, spent);
  return new ModelRejectedError(message);
}
