import { createHash } from 'node:crypto';
import type { PromptStore } from '../prompts/prompts.ts';
import type { ReplyModel } from './model.ts';
import type { ModelWatch } from './model-watch.ts';
import { createReplyModel } from './router.ts';
import type { AiSettings } from './settings.ts';

/** Shops that have set the same share a model; beyond this many different ones the oldest is made anew. */
const MAX_MODELS = 500;

/**
 * Models by what they are made of, so that one which rests after a refusal is still resting at the next turn. `builtin` is
 * what answers where the settings name no provider; `watch` is told what becomes of each question.
 */
export function createModelsBySettings(
  builtin: ReplyModel,
  prompts: PromptStore,
  watch?: ModelWatch,
): (ai: AiSettings) => ReplyModel {
  const made = new Map<string, ReplyModel>();
  return (ai) => {
    if (ai.provider === 'builtin') return builtin;
    // Keys are part of it: a hash keeps them from lying about in memory once more.
    const key = createHash('sha256').update(JSON.stringify(ai)).digest('base64');
    const known = made.get(key);
    if (known) return known;
    const model = createReplyModel(ai, { prompts, ...(watch ? { watch } : {}) });
    const [oldest] = made.keys();
    if (made.size >= MAX_MODELS && oldest !== undefined) made.delete(oldest);
    made.set(key, model);
    return model;
  };
}
