import { z } from 'zod';
import { appendAudit } from '../../db/audit-store.ts';
import { readSyncCron } from '../../db/catalog-store.ts';
import { createRun, finishRun } from '../../db/sync-run-store.ts';
import { ConflictError } from '../../domain/errors.ts';
import { newId } from '../../inbox/new-id.ts';
import { syncRunRecord, syncRuns } from '../resources/sync-runs.ts';
import { type ActionDeps, defineAction } from './action.ts';
import { findOwned } from './find-owned.ts';

/** The catalog's part of the deps. Throws ConflictError when the catalog is off. */
export function catalogOf({ catalog }: ActionDeps): NonNullable<ActionDeps['catalog']> {
  if (!catalog) throw new ConflictError('The catalog is off: PRODUCTS_FEATURE_ENABLED.');
  return catalog;
}

export const startSync = defineAction({
  method: 'post',
  path: '/admin/products/sync',
  summary: 'Reads the shop now: all its sources, or one. `force` believes a list that lost many products at once.',
  permission: 'manage-products',
  body: z.strictObject({ sourceId: z.uuid().nullable().default(null), force: z.boolean().default(false) }),
  status: 202,
  response: syncRunRecord.extend({ statusUrl: z.string() }),
  async run({ deps, principal, body: { sourceId, force } }) {
    const { syncs, defaultCron } = catalogOf(deps);
    const { businessId, actor } = principal;
    // A source that was added in the panel is read by itself from its first reading on.
    await syncs.ensureSchedule(businessId, (await readSyncCron(deps.db, businessId)) ?? defaultCron);
    if (sourceId) await findOwned(deps, 'catalogSource', principal, sourceId);
    const id = newId();
    const workflowId = syncs.workflowId(businessId);
    await createRun(deps.db, { id, businessId, source: sourceId ?? 'all', startedBy: actor, workflowId });
    try {
      await syncs.start({ businessId, sourceId, startedBy: actor, runId: id, force });
    } catch (error) {
      await finishRun(deps.db, id, 'failed', [
        { code: 'not_started', at: '', detail: error instanceof ConflictError ? 'Another run is under way.' : '' },
      ]);
      throw error;
    }
    const after = { source: sourceId ?? 'all', force };
    const entry = { businessId, actor, action: 'sync', resource: 'sync-runs', resourceId: id, after };
    await appendAudit(deps.db, entry);
    const run = await findOwned(deps, 'syncRun', principal, id);
    return { ...syncRuns.present(run, deps.presentContext), statusUrl: `/admin/products/sync/${id}` };
  },
});

export const syncStatus = defineAction({
  method: 'get',
  path: '/admin/products/sync/:id',
  summary: 'How far a sync is, and what it did.',
  permission: 'view-conversations',
  status: 200,
  response: syncRunRecord,
  async run({ deps, principal, id }) {
    return syncRuns.present(await findOwned(deps, 'syncRun', principal, id), deps.presentContext);
  },
});

export const cancelSync = defineAction({
  method: 'post',
  path: '/admin/products/sync/:id/cancel',
  summary: 'Ends a sync; what it has read stays.',
  permission: 'manage-products',
  body: z.strictObject({}),
  status: 202,
  response: syncRunRecord,
  async run({ deps, principal, id }) {
    const run = await findOwned(deps, 'syncRun', principal, id);
    if (run.state !== 'queued' && run.state !== 'running')
      throw new ConflictError(`Only a run that is under way can be cancelled; this one is ${run.state}.`);
    await catalogOf(deps).syncs.cancel(principal.businessId);
    const { businessId, actor } = principal;
    const entry = { businessId, actor, action: 'cancel', resource: 'sync-runs', resourceId: id };
    await appendAudit(deps.db, entry);
    return syncRuns.present(await findOwned(deps, 'syncRun', principal, id), deps.presentContext);
  },
});
