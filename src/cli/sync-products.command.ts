import { listEnabledSources, readSyncCron } from '../catalog/store.ts';
import { type CatalogSyncs, createCatalogSyncs } from '../catalog/sync-gateway.ts';
import { createRun, findRun, finishRun } from '../catalog/sync-run-store.ts';
import { newId } from '../inbox/new-id.ts';
import { appendAudit } from '../platform/audit/audit-store.ts';
import type { Database } from '../platform/database/client.ts';
import { openTemporal } from '../platform/temporal/client.ts';
import { type CommandContext, CommandError, type Outcome, UsageError } from './command.ts';
import { tellSync, watchSync } from './sync-watch.ts';

export interface SyncProductsOptions {
  business?: string;
  source?: string;
  force?: boolean;
  cancel?: boolean;
  wait: boolean;
}

interface Shop {
  id: string;
  name: string;
}

/**
 * Reads the shop now and shows how far it is, or ends the reading that is under way. Makes the shop's schedule as the API does,
 * so that a shop that was read once is read again by itself.
 */
export async function syncProducts(context: CommandContext, options: SyncProductsOptions): Promise<Outcome> {
  const { config } = context;
  if (!config.catalog.enabled) throw new CommandError('The catalog is off: PRODUCTS_FEATURE_ENABLED.');
  if (!config.temporal.address)
    throw new CommandError('Peyk is not running in this folder. Start it with npm start, or set TEMPORAL_ADDRESS.');
  const db = context.database();
  const where = options.business === undefined ? {} : { slug: options.business };
  const shop = await db.business.findFirst({ where, orderBy: { createdAt: 'asc' }, select: { id: true, name: true } });
  if (!shop) throw new UsageError('There is no such business.');
  const source = await findSource(db, shop, options.source);
  const client = openTemporal({ ...config.temporal, address: config.temporal.address });
  try {
    const syncs = createCatalogSyncs(client);
    if (options.cancel) return await cancel(db, syncs, shop);
    if ((await listEnabledSources(db, shop.id, source?.id ?? null)).length === 0)
      throw new CommandError(
        'There is no source that is switched on: add one in the panel, or set TOROB_PRODUCTS_URL or SITEMAP_URL.',
      );
    const own = await readSyncCron(db, shop.id);
    await syncs.ensureSchedule(shop.id, { cron: own ?? config.catalog.cron, isOwn: own !== null });
    const id = await start(db, syncs, shop, source, options.force ?? false);
    if (!options.wait) return { text: `Run ${id} was started.`, data: { id, state: 'queued' } };
    return tellSync(await watchSync(() => findRun(db, id), context.terminal));
  } finally {
    await client.connection.close();
  }
}

async function findSource(db: Database, shop: Shop, named: string | undefined) {
  if (named === undefined) return null;
  const where = { businessId: shop.id, OR: [{ url: named }, { kind: named }] };
  const source = await db.catalogSource.findFirst({ where, select: { id: true, url: true } });
  if (!source) throw new UsageError('There is no such source: name its kind (torob, sitemap) or address.');
  return source;
}

async function start(
  db: Database,
  syncs: CatalogSyncs,
  shop: Shop,
  source: { id: string; url: string } | null,
  force: boolean,
): Promise<string> {
  const id = newId();
  const businessId = shop.id;
  const read = source?.id ?? 'all';
  await createRun(db, { id, businessId, source: read, startedBy: 'cli', workflowId: syncs.workflowId(businessId) });
  try {
    await syncs.start({ businessId, sourceId: source?.id ?? null, startedBy: 'cli', runId: id, force });
  } catch (error) {
    await finishRun(db, id, 'failed', [{ code: 'not_started', at: '', detail: '' }]);
    throw error;
  }
  const entry = { businessId, actor: 'cli', resource: 'sync-runs', resourceId: id, subject: source?.url ?? shop.name };
  await appendAudit(db, { ...entry, action: 'sync', after: { source: read, force } });
  return id;
}

async function cancel(db: Database, syncs: CatalogSyncs, shop: Shop): Promise<Outcome> {
  const where = { businessId: shop.id, state: { in: ['queued', 'running'] }, workflowId: { not: '' } };
  const run = await db.syncRun.findFirst({ where, orderBy: { createdAt: 'desc' } });
  if (!run) throw new CommandError('No sync of this business is under way.');
  await syncs.cancel(shop.id);
  const entry = { businessId: shop.id, actor: 'cli', resource: 'sync-runs', subject: shop.name };
  await appendAudit(db, { ...entry, action: 'cancel', resourceId: run.id });
  return {
    text: 'The run is being ended; what it has read stays.',
    data: { id: run.id, state: 'cancelling' },
  };
}
