import { z } from 'zod';
import { appendAudit } from '../../db/audit-store.ts';
import { readSyncCron, saveSyncCron } from '../../db/catalog-store.ts';
import { nullableTime, time } from '../resources/record-parts.ts';
import { type ActionContext, defineAction } from './action.ts';
import { catalogOf } from './catalog-sync.ts';

const response = z.object({
  cron: z.string(),
  /** The time is that of PRODUCTS_SYNC_CRON. */
  isDefault: z.boolean(),
  paused: z.boolean(),
  note: z.string(),
  nextAt: z.array(time),
  lastAt: nullableTime,
});

async function present({ deps, principal }: Pick<ActionContext<unknown, unknown>, 'deps' | 'principal'>) {
  const { syncs, defaultCron } = catalogOf(deps);
  const own = await readSyncCron(deps.db, principal.businessId);
  const { paused, note, nextAt, lastAt } = await syncs.describeSchedule(principal.businessId);
  return {
    cron: own ?? defaultCron,
    isDefault: own === null,
    paused,
    note,
    nextAt: paused ? [] : nextAt.map((at) => at.toISOString()),
    lastAt: lastAt?.toISOString() ?? null,
  };
}

export const readSchedule = defineAction({
  method: 'get',
  path: '/api/catalog/schedule',
  summary: 'When the shop is read by itself. 404 while it has no source.',
  permission: 'view-conversations',
  status: 200,
  response,
  run: present,
});

/** Five fields of digits, stars and their signs: what is no time is refused before Temporal is asked. */
const cron = z
  .string()
  .trim()
  .regex(/^(?:[\d*,/-]+ ){4}[\d*,/-]+$/, 'Must be five fields, like 0 */6 * * *.');

export const editSchedule = defineAction({
  method: 'post',
  path: '/api/catalog/schedule',
  summary: 'Changes when the shop is read (five cron fields, UTC; null: as the server says), or pauses it.',
  permission: 'manage-products',
  body: z.strictObject({ cron: cron.nullable().optional(), paused: z.boolean().optional() }),
  status: 200,
  response,
  async run(context) {
    const { deps, principal, body } = context;
    const { businessId, actor } = principal;
    const { syncs, defaultCron } = catalogOf(deps);
    const before = await readSyncCron(deps.db, businessId);
    const wanted = body.cron === undefined ? before : body.cron;
    await syncs.ensureSchedule(businessId, wanted ?? defaultCron);
    if (wanted !== before) await saveSyncCron(deps.db, businessId, wanted);
    if (body.paused !== undefined) await syncs.setPaused(businessId, body.paused, `by ${actor}`);
    await appendAudit(deps.db, {
      businessId,
      actor,
      action: 'edit-schedule',
      resource: 'businesses',
      resourceId: businessId,
      before: { cron: before },
      after: { cron: wanted, ...(body.paused === undefined ? {} : { paused: body.paused }) },
    });
    return present(context);
  },
});

export const triggerSchedule = defineAction({
  method: 'post',
  path: '/api/catalog/schedule/trigger',
  summary: 'Reads the shop as if its time had come.',
  permission: 'manage-products',
  body: z.strictObject({}),
  status: 202,
  response,
  async run(context) {
    await catalogOf(context.deps).syncs.trigger(context.principal.businessId);
    return present(context);
  },
});
