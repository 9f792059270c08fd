import { Worker, type WorkerOptions } from '@temporalio/worker';
import { createCatalogActivities } from '../../activities/catalog.activities.ts';
import { createCatalogReader } from '../../src/catalog/readers/catalog-reader.ts';
import { createCrawlPoliteness } from '../../src/catalog/readers/crawl-politeness.ts';
import { type CatalogSyncs, createCatalogSyncs } from '../../src/catalog/sync-gateway.ts';
import { createRun, findRun, type SyncRun } from '../../src/catalog/sync-run-store.ts';
import { newId } from '../../src/inbox/new-id.ts';
import { type Database, openDatabase } from '../../src/platform/database/client.ts';
import { QUEUES } from '../../src/platform/queues.ts';
import { createSafeFetch } from '../../src/platform/safe-fetch/safe-fetch.ts';
import { type FakeShop, type ShopProduct, startFakeShop } from './fake-shop.ts';
import { createTestDatabase } from './postgres.ts';
import { createTestNamespace, type TestNamespace } from './temporal-namespace.ts';
import { bundleWorkflows, quietRuntime } from './workflow-lab.ts';

/** A shop, a database, a Temporal namespace and a worker that reads the one into the other. */
export interface CatalogLab {
  db: Database;
  databaseUrl: string;
  shop: FakeShop;
  businessId: string;
  temporal: TestNamespace;
  syncs: CatalogSyncs;
  addSource(kind: 'torob' | 'sitemap', url: string, readPages?: boolean): Promise<string>;
  /** Starts a sync without waiting for it. */
  start(options?: { sourceId?: string; force?: boolean; maxHistoryEvents?: number }): Promise<string>;
  /** Runs a sync to its end. */
  sync(options?: { sourceId?: string; force?: boolean }): Promise<SyncRun>;
  runOf(id: string): Promise<SyncRun>;
  close(): Promise<void>;
}

export async function startCatalogLab(
  products?: ShopProduct[],
  options: Partial<WorkerOptions> = {},
): Promise<CatalogLab> {
  quietRuntime();
  const [workflowBundle, temporal, database, shop] = await Promise.all([
    bundleWorkflows(),
    createTestNamespace(),
    createTestDatabase(),
    startFakeShop(products ? { products } : {}),
  ]);
  const db = openDatabase(database.url, 8);
  const { id: businessId } = await db.business.create({ data: { slug: 'default', name: 'Shop' } });
  const fetchSafely = createSafeFetch({ allowCidrs: ['127.0.0.1/32'], userAgent: 'PeykBot/1.0 (+tests)' });
  const politeness = createCrawlPoliteness({ fetchSafely, robotName: 'PeykBot' });
  const activities = createCatalogActivities({ db, catalog: createCatalogReader({ fetchSafely, politeness }) });
  const worker = await Worker.create({
    connection: temporal.connection,
    namespace: temporal.namespace,
    taskQueue: QUEUES.catalog,
    workflowBundle,
    activities,
    maxHeartbeatThrottleInterval: '1s',
    ...options,
  });
  const running = worker.run();
  const syncs = createCatalogSyncs(temporal.client);
  const start: CatalogLab['start'] = async ({
    sourceId = null,
    force = false,
    ...more
  }: {
    sourceId?: string | null;
    force?: boolean;
    maxHistoryEvents?: number;
  } = {}) => {
    const id = newId();
    const workflowId = syncs.workflowId(businessId);
    await createRun(db, { id, businessId, source: sourceId ?? 'all', startedBy: 'test', workflowId });
    await syncs.start({ businessId, sourceId, startedBy: 'test', runId: id, force, ...more });
    return id;
  };
  return {
    db,
    databaseUrl: database.url,
    shop,
    businessId,
    temporal,
    syncs,
    addSource: async (kind, url, readPages = true) =>
      (await db.catalogSource.create({ data: { businessId, kind, url, readPages } })).id,
    start,
    sync: async (what) => {
      const id = await start(what);
      await temporal.client.workflow.getHandle(syncs.workflowId(businessId)).result();
      return findRun(db, id);
    },
    runOf: (id) => findRun(db, id),
    close: async () => {
      worker.shutdown();
      await running;
      await temporal.close();
      await fetchSafely.close();
      await shop.close();
      await db.$disconnect();
      await database.drop();
    },
  };
}
