import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createCatalogSyncs } from '../../src/catalog/sync-gateway.ts';
import { createRun } from '../../src/catalog/sync-run-store.ts';
import { newId } from '../../src/inbox/new-id.ts';
import { type Database, openDatabase } from '../../src/platform/database/client.ts';
import { openTemporal } from '../../src/platform/temporal/client.ts';
import { type FakeOpenAi, startFakeOpenAi } from '../support/fake-openai.ts';
import { type FakeShop, makeProducts, startFakeShop } from '../support/fake-shop.ts';
import { type ProcessWorld, startProcessWorld } from '../support/process-world.ts';
import { MODEL, recordTurn } from '../support/rerun-lab.ts';

/** Four shops that take seconds for each page keep nobody else from what the same worker does. */
const SLOW_SHOPS = 4;
const PAGE_MS = 6000;

let world: ProcessWorld;
let openai: FakeOpenAi;
let db: Database;
let temporal: ReturnType<typeof openTemporal>;
const shops: FakeShop[] = [];

beforeAll(async () => {
  openai = await startFakeOpenAi();
  const ai = { AI_PROVIDER: 'openai', OPENAI_API_KEY: 'k', OPENAI_BASE_URL: openai.url, OPENAI_MODEL: MODEL };
  world = await startProcessWorld({ env: { ...ai, SSRF_ALLOW_CIDRS: '127.0.0.1/32' } });
  db = openDatabase(world.databaseUrl, 2);
  temporal = openTemporal({
    address: world.temporalAddress,
    namespace: 'default',
    apiKey: null,
    tlsCaPath: null,
    tlsCertPath: null,
    tlsKeyPath: null,
  });
});
afterAll(async () => {
  await temporal?.connection.close();
  await db?.$disconnect();
  await world?.close();
  await Promise.all([...shops, openai].map((each) => each?.close()));
});

/** A shop of a business of its own, which begins to be read. Gives the run. */
async function beginToRead(slug: string, products: number, pageMs: number): Promise<{ runId: string; shop: FakeShop }> {
  const shop = await startFakeShop({ products: makeProducts(products) });
  shops.push(shop);
  shop.setPageDelay(pageMs);
  const { id: businessId } = await db.business.create({ data: { slug, name: slug } });
  await db.catalogSource.create({ data: { businessId, kind: 'torob', url: shop.feedUrl() } });
  const syncs = createCatalogSyncs(temporal);
  const runId = newId();
  await createRun(db, {
    id: runId,
    businessId,
    source: 'all',
    startedBy: 'test',
    workflowId: syncs.workflowId(businessId),
  });
  await syncs.start({ businessId, sourceId: null, startedBy: 'test', runId, force: false });
  return { runId, shop };
}

const stateOf = async (runId: string) => (await db.syncRun.findUniqueOrThrow({ where: { id: runId } })).state;

describe('four slow shops', () => {
  it('hold neither the sync of a fifth, nor its small writes, nor a re-run', { timeout: 180_000 }, async () => {
    const slow = await Promise.all(
      Array.from({ length: SLOW_SHOPS }, (_, index) => beginToRead(`slow-${index}`, 80, PAGE_MS)),
    );
    for (const { shop } of slow)
      await expect.poll(() => shop.countOf('/product/'), { timeout: 60_000 }).toBeGreaterThan(0);

    const quick = await beginToRead('quick', 20, 0);
    await expect.poll(() => stateOf(quick.runId), { timeout: 30_000 }).toBe('done');

    const [business] = await world.query<{ id: string }>("SELECT id FROM businesses WHERE slug = 'default'");
    await recordTurn(db, business?.id as string, 'When are you open?', 'At nine.');
    const answer = await world.ask('/api/reruns', { method: 'POST', body: { prompt: 'v1', days: 7 } });
    const { rerun } = (await answer.json()) as { rerun: { id: string } };
    const rerunState = async () => (await db.rerun.findUniqueOrThrow({ where: { id: rerun.id } })).state;
    await expect.poll(rerunState, { timeout: 30_000 }).toBe('done');

    // They were at it all the while.
    for (const { runId } of slow) expect(await stateOf(runId)).toBe('running');
  });
});
