import { z } from 'zod';
import { businesses } from '../businesses/resource.ts';
import { type ActionContext, actionsOf } from '../platform/http/actions/action.ts';
import { findOwned } from '../platform/http/actions/find-owned.ts';
import { entryOf, withAudit } from '../platform/http/resources/audited.ts';
import { nullableTime, time } from '../platform/http/resources/record-parts.ts';
import type { CatalogNeeds } from './needs.ts';
import { readSyncCron, saveSyncCron } from './store.ts';
import { catalogOf } from './sync.actions.ts';

const defineAction = actionsOf<CatalogNeeds>();

const response = z.object({
  cron: z.string(),
  /** The time is that of PRODUCTS_SYNC_CRON. */
  isDefault: z.boolean(),
  paused: z.boolean(),
  note: z.string(),
  nextAt: z.array(time),
  lastAt: nullableTime,
});

async function present({ deps, principal }: Pick<ActionContext<unknown, unknown, CatalogNeeds>, 'deps' | 'principal'>) {
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
    const edit = async () => {
      await syncs.ensureSchedule(businessId, { cron: wanted ?? defaultCron, isOwn: wanted !== null });
      if (wanted !== before) await saveSyncCron(deps.db, businessId, wanted);
      if (body.paused !== undefined) await syncs.setPaused(businessId, body.paused, `by ${actor}`);
    };
    const shop = await findOwned(deps, businesses, principal, businessId);
    const entry = { ...entryOf(businesses, shop, principal, 'edit-schedule'), before: { cron: before } };
    const after = { cron: wanted, ...(body.paused === undefined ? {} : { paused: body.paused }) };
    await withAudit(deps.db, entry, edit, () => after);
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
    const { deps, principal } = context;
    const { syncs } = catalogOf(deps);
    const shop = await findOwned(deps, businesses, principal, principal.businessId);
    const trigger = () => syncs.trigger(shop.id);
    await withAudit(deps.db, entryOf(businesses, shop, principal, 'trigger-schedule'), trigger, () => undefined);
    return present(context);
  },
});
