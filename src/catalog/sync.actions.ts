import { z } from 'zod';
import { newId } from '../inbox/new-id.ts';
import type { Principal } from '../platform/auth/principal.ts';
import { ConflictError } from '../platform/errors.ts';
import { type ActionDeps, actionsOf } from '../platform/http/actions/action.ts';
import { findOwned } from '../platform/http/actions/find-owned.ts';
import { entryOf, withAudit } from '../platform/http/resources/audited.ts';
import { UUID_PATTERN } from '../platform/http/resources/field.ts';
import { findRow } from '../platform/http/resources/resource-store.ts';
import type { CatalogNeeds } from './needs.ts';
import { catalogSources } from './sources.resource.ts';
import { readSyncCron } from './store.ts';
import { createRun, finishRun } from './sync-run-store.ts';
import { syncRunRecord, syncRuns } from './sync-runs.resource.ts';

const defineAction = actionsOf<CatalogNeeds>();

/** The catalog's part of the deps. Throws ConflictError when the catalog is off. */
export function catalogOf({ catalog }: ActionDeps & CatalogNeeds): NonNullable<CatalogNeeds['catalog']> {
  if (!catalog) throw new ConflictError('The catalog is off: PRODUCTS_FEATURE_ENABLED.');
  return catalog;
}

/** What a run reads, in words: its source's address, or the shop where it reads all or a table. */
export async function runSubject(
  deps: ActionDeps & CatalogNeeds,
  principal: Principal,
  source: string,
): Promise<string> {
  const { businessId } = principal;
  if (!UUID_PATTERN.test(source)) return (await findOwned(deps, 'business', principal, businessId)).name;
  return (await findRow(deps.db, catalogSources, { businessId }, source))?.url ?? '';
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
    const own = await readSyncCron(deps.db, businessId);
    await syncs.ensureSchedule(businessId, { cron: own ?? defaultCron, isOwn: own !== null });
    if (sourceId) await findOwned(deps, 'catalogSource', principal, sourceId);
    const subject = await runSubject(deps, principal, sourceId ?? 'all');
    const id = newId();
    const workflowId = syncs.workflowId(businessId);
    const start = async () => {
      await createRun(deps.db, { id, businessId, source: sourceId ?? 'all', startedBy: actor, workflowId });
      try {
        await syncs.start({ businessId, sourceId, startedBy: actor, runId: id, force });
      } catch (error) {
        await finishRun(deps.db, id, 'failed', [
          { code: 'not_started', at: '', detail: error instanceof ConflictError ? 'Another run is under way.' : '' },
        ]);
        throw error;
      }
    };
    const entry = { ...entryOf(syncRuns, { id }, principal, 'sync'), subject };
    await withAudit(deps.db, entry, start, () => ({ source: sourceId ?? 'all', force }));
    const run = await findOwned(deps, syncRuns, principal, id);
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
    return syncRuns.present(await findOwned(deps, syncRuns, principal, id), deps.presentContext);
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
    const run = await findOwned(deps, syncRuns, principal, id);
    if (run.state !== 'queued' && run.state !== 'running')
      throw new ConflictError(`Only a run that is under way can be cancelled; this one is ${run.state}.`);
    const subject = await runSubject(deps, principal, run.source);
    const cancel = () => catalogOf(deps).syncs.cancel(principal.businessId);
    const entry = { ...entryOf(syncRuns, run, principal, 'cancel'), subject };
    await withAudit(deps.db, entry, cancel, () => undefined);
    return syncRuns.present(await findOwned(deps, syncRuns, principal, id), deps.presentContext);
  },
});
