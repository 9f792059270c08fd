import { createHash } from 'node:crypto';
import { ModelOutputError, ModelUnavailableError } from '../../platform/errors.ts';
import type { ReplyModel } from './model.ts';
import { ModelTimeoutError, ProviderRejectedError } from './provider-errors.ts';
import { PROVIDER_DEFAULTS, type ProviderName, type ProviderSettings } from './settings.ts';

/** Why a provider gave no answer that could be used; `refused`: our key or our credit, not one question. */
export type ModelTroubleCode = 'timeout' | 'unreachable' | 'refused' | 'unusable';

/** A provider as it is set, without what is secret about it. */
export interface WatchedProvider {
  /** The same wherever the same settings are used. */
  id: string;
  provider: ProviderName;
  model: string;
}

/** Is told what each question to a provider came to. Neither call may throw or make anybody wait. */
export interface ModelWatch {
  answered(provider: WatchedProvider): void;
  /** `restMs`: so long it is not asked any more. */
  failed(provider: WatchedProvider, code: ModelTroubleCode, restMs: number): void;
}

/** Tells `watch` of each answer and each failure of the model. A question that was taken back tells nothing. */
export function watchModel(
  model: ReplyModel,
  settings: ProviderSettings,
  watch: ModelWatch,
  restAfter: (error: Error) => number,
): ReplyModel {
  const provider = watchedProviderOf(settings);
  return {
    name: model.name,
    async reply(request) {
      try {
        const result = await model.reply(request);
        watch.answered(provider);
        return result;
      } catch (error) {
        const code = troubleOf(error, request.signal);
        if (code !== null) watch.failed(provider, code, restAfter(error as Error));
        throw error;
      }
    },
  };
}

function watchedProviderOf(settings: ProviderSettings): WatchedProvider {
  const { name, model } = settings;
  const id = createHash('sha256').update(JSON.stringify(settings)).digest('base64url').slice(0, 22);
  return { id, provider: name, model: model ?? PROVIDER_DEFAULTS[name].model };
}

function troubleOf(error: unknown, signal: AbortSignal | undefined): ModelTroubleCode | null {
  // The time for the whole answer was up before that for the one request.
  if (signal?.aborted) return (signal.reason as Error | undefined)?.name === 'TimeoutError' ? 'timeout' : null;
  if (error instanceof ModelTimeoutError) return 'timeout';
  if (error instanceof ModelUnavailableError) return 'unreachable';
  if (error instanceof ProviderRejectedError) return error.kind === 'account' ? 'refused' : null;
  return error instanceof ModelOutputError ? 'unusable' : null;
}
