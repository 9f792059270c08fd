import { z } from 'zod';
import { appendAudit } from '../platform/audit/audit-store.ts';
import { DEFAULT_BUSINESS_NAME } from '../platform/auth/auth-store.ts';
import type { Queries } from '../platform/database/client.ts';
import { actionsOf } from '../platform/http/actions/action.ts';
import { findOwned } from '../platform/http/actions/find-owned.ts';
import { isoOrNull, nullableTime } from '../platform/http/resources/record-parts.ts';
import { readSteps, STEP_NAMES, STEP_STATES } from './rules.ts';
import { readShopFacts, setDismissed } from './store.ts';

/** What the actions of the first hour work with. */
export interface FirstHourNeeds {
  /** What holds where a business has chosen no model. */
  settingsDefaults: { ai: { provider: string } };
}

const defineAction = actionsOf<FirstHourNeeds>();
const PATH = '/api/first-hour';

export const firstHourAnswer = z.object({
  /** Since when nobody wants to be shown it; it can still be looked at. */
  dismissedAt: nullableTime,
  /** Nothing is left but what the shop works without. */
  isDone: z.boolean(),
  steps: z.array(
    z.object({
      name: z.enum(STEP_NAMES),
      state: z.enum(STEP_STATES),
      count: z.int(),
      wanted: z.int(),
      isOptional: z.boolean(),
    }),
  ),
});

async function present(db: Queries, businessId: string, { settingsDefaults }: FirstHourNeeds) {
  const { aiProvider, dismissedAt, ...facts } = await readShopFacts(db, businessId, DEFAULT_BUSINESS_NAME);
  const hasModel = aiProvider !== null || settingsDefaults.ai.provider !== 'builtin';
  const steps = readSteps({ ...facts, hasModel });
  const isDone = steps.every(({ state, isOptional }) => isOptional || state === 'done');
  return { dismissedAt: isoOrNull(dismissedAt), isDone, steps };
}

export const readFirstHour = defineAction({
  method: 'get',
  path: PATH,
  summary: 'What a new shop does first, and how far it has come, as its rows say.',
  permission: 'manage-settings',
  status: 200,
  response: firstHourAnswer,
  run: ({ deps, principal }) => present(deps.db, principal.businessId, deps),
});

export const dismissFirstHour = defineAction({
  method: 'post',
  path: PATH,
  summary: 'Puts the list of first steps away for the whole shop, or brings it back. May be repeated.',
  permission: 'manage-settings',
  body: z.strictObject({ dismissed: z.boolean() }),
  status: 200,
  response: firstHourAnswer,
  run({ deps, principal, body: { dismissed } }) {
    const { businessId, actor } = principal;
    return deps.db.$transaction(async (tx) => {
      const business = await findOwned({ db: tx }, 'business', principal, businessId);
      if (dismissed !== (business.setupDismissedAt !== null)) {
        await setDismissed(tx, businessId, dismissed ? new Date(deps.clock()) : null);
        const entry = { businessId, actor, resource: 'settings', resourceId: businessId, subject: business.name };
        const [before, after] = [{ firstStepsShown: dismissed }, { firstStepsShown: !dismissed }];
        await appendAudit(tx, { ...entry, action: 'update', before, after });
      }
      return present(tx, businessId, deps);
    });
  },
});
