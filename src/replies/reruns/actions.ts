import { z } from 'zod';
import { UnavailableError } from '../../platform/errors.ts';
import { type ActionDeps, actionsOf } from '../../platform/http/actions/action.ts';
import { findOwned } from '../../platform/http/actions/find-owned.ts';
import type { ReplyNeeds } from '../needs.ts';
import { rerunRecord, reruns } from './reruns.resource.ts';
import { DEFAULT_RERUN_TURNS, MAX_RERUN_DAYS, MAX_RERUN_TURNS } from './rules.ts';

const defineAction = actionsOf<ReplyNeeds>();

const estimate = z.object({
  turns: z.int(),
  promptVersion: z.string(),
  model: z.string(),
  inputTokens: z.int(),
  outputTokens: z.int(),
  costMicros: z.int().nullable(),
  ignoresPrompt: z.boolean(),
});

function deskOf({ rerunPlanner }: ActionDeps & ReplyNeeds) {
  if (!rerunPlanner) throw new UnavailableError('Re-runs are switched off.');
  return rerunPlanner;
}

export const startRerun = defineAction({
  method: 'post',
  path: '/api/reruns',
  besideList: true,
  summary:
    'Thinks recorded turns over with another prompt or model; nothing is sent. With `dryRun` it only tells how many ' +
    'turns there are and what they would cost.',
  permission: 'manage-prompts',
  body: z.strictObject({
    /** A version such as `v2` or `v2.1`; absent: the one in use. */
    prompt: z
      .string()
      .regex(/^v\d{1,4}(\.\d{1,4})?$/, 'Must be a version, like v2.')
      .optional(),
    model: z
      .string()
      .regex(/^[\w./:@-]{1,100}$/, 'Must be the name of a model.')
      .optional(),
    days: z.int().min(1).max(MAX_RERUN_DAYS).default(7),
    limit: z.int().min(1).max(MAX_RERUN_TURNS).default(DEFAULT_RERUN_TURNS),
    conversationId: z.uuid().optional(),
    dryRun: z.boolean().default(false),
  }),
  status: 200,
  response: z.object({ estimate, rerun: rerunRecord.nullable() }),
  async run({ deps, principal, body }) {
    const { dryRun, conversationId, ...choice } = body;
    const owned = conversationId && (await findOwned(deps, 'conversation', principal, conversationId.toLowerCase()));
    const question = {
      ...choice,
      businessId: principal.businessId,
      ...(owned ? { conversationId: owned.id } : {}),
    };
    if (dryRun) return { estimate: await deskOf(deps).estimate(question), rerun: null };
    const started = await deskOf(deps).start(question, principal.actor);
    const row = await findOwned(deps, reruns, principal, started.id);
    return { estimate: started.estimate, rerun: reruns.present(row, deps.presentContext) };
  },
});

export const cancelRerun = defineAction({
  method: 'post',
  path: '/api/reruns/:id/cancel',
  summary: 'Ends a re-run; the answers that it has stay.',
  permission: 'manage-prompts',
  body: z.strictObject({}),
  status: 200,
  response: rerunRecord,
  async run({ deps, principal, id }) {
    await findOwned(deps, reruns, principal, id);
    await deskOf(deps).cancel(principal.businessId, id, principal.actor);
    return reruns.present(await findOwned(deps, reruns, principal, id), deps.presentContext);
  },
});
