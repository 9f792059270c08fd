import { Readable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, describe, expect, it } from 'vitest';
import { runCli } from '../../src/cli/run-cli.ts';
import { startSchedules } from '../../src/composition.ts';
import type { Config } from '../../src/config.ts';
import { catalogSyncProgressQuery } from '../../workflows/catalog-sync.messages.ts';
import { type CatalogLab, startCatalogLab } from '../support/catalog-lab.ts';
import { makeProducts } from '../support/fake-shop.ts';

let lab: CatalogLab;
afterEach(() => lab.close());

const codesOf = (run: { reasons: unknown }) => (run.reasons as { code: string }[]).map(({ code }) => code).sort();

describe('peyk sync-products', () => {
  /** Runs the command; `interrupt` is Ctrl-C. */
  const peyk = async (args: string[], interrupt?: (stop: () => void) => void) => {
    let [out, err] = ['', ''];
    const { address, namespace } = lab.temporal;
    const env = {
      DATABASE_URL: lab.databaseUrl,
      TEMPORAL_ADDRESS: address,
      TEMPORAL_NAMESPACE: namespace,
      PEYK_DATA_DIR: '/nonexistent',
    };
    const code = await runCli(['--json', 'sync-products', ...args], {
      env,
      stdin: Readable.from(['']),
      write: (text) => {
        out += text;
      },
      writeError: (text) => {
        err += text;
      },
      ...(interrupt ? { onInterrupt: interrupt } : {}),
    });
    return { code, err, data: out === '' ? null : JSON.parse(out) };
  };

  it('reads the shop to the end, tells what it did, and has it read by itself from then on', async () => {
    lab = await startCatalogLab(makeProducts(5));
    expect(await peyk([])).toMatchObject({ code: 1, data: { error: expect.stringContaining('no source') } });
    await lab.addSource('torob', lab.shop.feedUrl(), false);
    expect((await peyk(['--source', 'sitemap'])).code).toBe(2);
    expect((await peyk(['--business', 'nobody'])).code).toBe(2);
    expect(await peyk([])).toMatchObject({ code: 0, data: { state: 'done', created: 5, reasons: [] } });
    expect(await lab.syncs.describeSchedule(lab.businessId)).toMatchObject({ paused: false });
    await lab.syncs.setPaused(lab.businessId, true, 'holiday');
    lab.shop.behave('feed', 'html');
    const failed = await peyk([]);
    expect(failed).toMatchObject({ code: 1, data: { state: 'failed', error: expect.stringContaining('source_') } });
    expect(await lab.syncs.describeSchedule(lab.businessId)).toMatchObject({ paused: true });
  });

  it('leaves the run to the worker at Ctrl-C and says so, and ends it when asked to', async () => {
    lab = await startCatalogLab(makeProducts(120));
    lab.shop.setPageDelay(300);
    await lab.addSource('torob', lab.shop.feedUrl());
    const left = await peyk([], (stop) => void setTimeout(stop, 1500));
    expect(left).toMatchObject({ code: 1, data: { error: expect.stringContaining('goes on without you') } });
    expect(left.data.error).toContain('sync-products --cancel');
    expect(await peyk([])).toMatchObject({ code: 1, data: { error: expect.stringContaining('under way') } });
    expect((await lab.runOf(left.data.id)).state).toBe('running');
    expect((await peyk(['--cancel'])).data).toMatchObject({ id: left.data.id, state: 'cancelling' });
    await expect.poll(async () => (await lab.runOf(left.data.id)).state).toBe('cancelled');
    expect(await peyk(['--cancel'])).toMatchObject({ code: 1, data: { error: expect.stringContaining('No sync') } });
  });
});

describe('catalogSync', () => {
  it('reads a feed and describes its products by their pages, and keeps the price in tomans', async () => {
    lab = await startCatalogLab(makeProducts(30));
    await lab.addSource('torob', lab.shop.feedUrl());
    const run = await lab.sync();
    expect(run).toMatchObject({ state: 'done', created: 30, done: 60, total: 60 });
    const product = await lab.db.product.findFirstOrThrow({ where: { externalId: '1' } });
    expect(product).toMatchObject({
      title: 'کفش چرمی مدل 1',
      price: 101_000n,
      oldPrice: 151_000n,
      currency: 'IRT',
      available: true,
      brand: 'Nova',
      source: 'torob',
    });
    expect(product.images).toEqual([{ url: `${lab.shop.url}/images/1.png` }]);
    expect(product.searchText).toContain('کفش چرمی مدل 1 nova');
  });

  it('does not rewrite what did not change, and asks for unchanged pages with their tags', async () => {
    lab = await startCatalogLab(makeProducts(10));
    await lab.addSource('sitemap', lab.shop.sitemapUrl);
    expect(await lab.sync()).toMatchObject({ state: 'done', created: 10 });
    const before = await lab.db.product.findMany({ orderBy: { id: 'asc' } });
    (lab.shop.products[3] as { price: number }).price = 777_000;
    expect(await lab.sync()).toMatchObject({ state: 'done', created: 0, updated: 1, unchanged: 9 });
    const after = await lab.db.product.findMany({ orderBy: { id: 'asc' } });
    const changed = after.filter((row, index) => row.updatedAt.getTime() !== before[index]?.updatedAt.getTime());
    expect(changed.map(({ price, currency }) => [price, currency])).toEqual([[7_770_000n, 'IRR']]);
    // The page about the shop is no product, and where a list has product addresses the others are not asked for.
    expect(lab.shop.countOf('/about')).toBe(0);
  });

  it('reads feeds in pages, and those that are posted', async () => {
    lab = await startCatalogLab(makeProducts(230));
    const v1 = await lab.addSource('torob', lab.shop.feedUrl('v1'), false);
    expect(await lab.sync({ sourceId: v1 })).toMatchObject({ state: 'done', created: 230 });
    await lab.db.product.deleteMany();
    const v2 = await lab.addSource('torob', lab.shop.feedUrl('v2'), false);
    expect(await lab.sync({ sourceId: v2 })).toMatchObject({ state: 'done', created: 230 });
    expect(await lab.db.product.findFirst({ where: { externalId: '230' } })).toMatchObject({
      title: expect.any(String),
    });
  });

  it('says why a feed that only Torob may read cannot be read, and goes on with the other sources', async () => {
    lab = await startCatalogLab(makeProducts(5));
    await lab.addSource('torob', lab.shop.feedUrl('v3'));
    await lab.addSource('sitemap', lab.shop.sitemapUrl);
    const run = await lab.sync();
    expect(run).toMatchObject({ state: 'partial', created: 5 });
    expect(codesOf(run)).toEqual(['source_torob_token']);
  });

  it('keeps everything when a feed shrinks or answers a login page, unless somebody says it is right', async () => {
    lab = await startCatalogLab(makeProducts(40));
    await lab.addSource('torob', lab.shop.feedUrl(), false);
    await lab.sync();
    lab.shop.behave('feed', 'html');
    expect(await lab.sync()).toMatchObject({ state: 'failed', missing: 0, removed: 0 });
    lab.shop.behave('feed', 'ok');
    lab.shop.products.splice(10);
    const guarded = await lab.sync();
    expect([guarded.state, codesOf(guarded)]).toEqual(['partial', ['vanish_guard']]);
    expect(await lab.db.product.count({ where: { missingSince: null } })).toBe(40);
    expect(await lab.sync({ force: true })).toMatchObject({ state: 'done', missing: 30 });
  });

  it('removes what stays away from two lists, and takes back what comes again', async () => {
    lab = await startCatalogLab(makeProducts(40));
    await lab.addSource('torob', lab.shop.feedUrl(), false);
    await lab.sync();
    const gone = lab.shop.products.splice(0, 2);
    expect(await lab.sync()).toMatchObject({ missing: 2, removed: 0 });
    expect(await lab.sync()).toMatchObject({ missing: 0, removed: 0 });
    await lab.db
      .$executeRaw`UPDATE products SET missing_since = now() - interval '2 hours' WHERE missing_since IS NOT NULL`;
    expect(await lab.sync()).toMatchObject({ missing: 0, removed: 2 });
    lab.shop.products.unshift(...gone);
    expect(await lab.sync()).toMatchObject({ updated: 2 });
    expect(await lab.db.product.count({ where: { removedAt: null, missingSince: null } })).toBe(40);
  });

  it('does what robots.txt says', async () => {
    lab = await startCatalogLab(makeProducts(6));
    lab.shop.setRobots('User-agent: PeykBot\nDisallow: /product/');
    await lab.addSource('sitemap', lab.shop.sitemapUrl);
    const run = await lab.sync();
    expect(run).toMatchObject({ created: 0, rejected: 6 });
    expect(codesOf(run)).toEqual(['page_robots', 'source_without_products']);
    expect(lab.shop.countOf('/product/')).toBe(0);
  });

  it('leaves a host alone that fails again and again, and keeps what it has', async () => {
    lab = await startCatalogLab(makeProducts(60));
    await lab.addSource('torob', lab.shop.feedUrl());
    lab.shop.behave('pages', 'forbidden');
    const refused = await lab.sync();
    expect(refused).toMatchObject({ state: 'done', created: 60, rejected: 60 });
    lab.shop.behave('pages', 'drop');
    const run = await lab.sync();
    expect([run.state, codesOf(run)]).toEqual(['partial', ['host_gave_up', 'page_connection']]);
    expect(lab.shop.countOf('/product/')).toBeLessThan(60 + 30);
    expect(await lab.db.product.count({ where: { removedAt: null, price: { not: null } } })).toBe(60);
  });

  it('ends with failed when the shop is away, without asking it for ever', async () => {
    lab = await startCatalogLab(makeProducts(3));
    await lab.addSource('torob', lab.shop.feedUrl());
    lab.shop.behave('feed', 'drop');
    const run = await lab.sync();
    expect([run.state, codesOf(run)]).toEqual(['failed', ['source_fetch_connection']]);
    expect(lab.shop.countOf('/api/torob')).toBeLessThan(15);
  });

  it('asks a host for a few pages at a time', async () => {
    lab = await startCatalogLab(makeProducts(40));
    lab.shop.setPageDelay(30);
    await lab.addSource('sitemap', lab.shop.sitemapUrl);
    await lab.sync();
    expect(lab.shop.mostPagesAtOnce()).toBeGreaterThan(1);
    expect(lab.shop.mostPagesAtOnce()).toBeLessThanOrEqual(4);
  });

  it('tells its progress, can be cancelled, and refuses a second run meanwhile', async () => {
    lab = await startCatalogLab(makeProducts(200));
    lab.shop.setPageDelay(200);
    await lab.addSource('torob', lab.shop.feedUrl());
    const id = await lab.start();
    await expect.poll(async () => (await lab.runOf(id)).done).toBeGreaterThan(205);
    expect(await lab.runOf(id)).toMatchObject({ state: 'running', total: 400, phase: 'pages' });
    const handle = lab.temporal.client.workflow.getHandle(lab.syncs.workflowId(lab.businessId));
    expect(await handle.query(catalogSyncProgressQuery)).toMatchObject({ runId: id, phase: 'pages', sources: 1 });
    await expect(lab.start()).rejects.toThrow('under way');
    await lab.syncs.cancel(lab.businessId);
    await expect.poll(async () => (await lab.runOf(id)).state).toBe('cancelled');
    const { done } = await lab.runOf(id);
    expect(done).toBeLessThan(400);
    expect(await lab.db.product.count({ where: { removedAt: null } })).toBe(200);
    await sleep(300);
    expect((await lab.runOf(id)).done).toBe(done);
  });

  it('takes the next run from the moment that the last one is seen to have ended', async () => {
    lab = await startCatalogLab(makeProducts(2));
    await lab.addSource('torob', lab.shop.feedUrl(), false);
    for (let round = 0; round < 8; round++) {
      const id = await lab.start();
      // No pause between two looks, so as to come into the moment between the row's end and the workflow's.
      for (const until = Date.now() + 20_000; (await lab.runOf(id)).state !== 'done'; )
        expect(Date.now(), 'the run ends').toBeLessThan(until);
    }
    expect(await lab.db.syncRun.count({ where: { state: 'done' } })).toBe(8);
  });

  it('ends the run that somebody terminated when the next one begins', async () => {
    lab = await startCatalogLab(makeProducts(100));
    lab.shop.setPageDelay(200);
    await lab.addSource('torob', lab.shop.feedUrl());
    const id = await lab.start();
    await expect.poll(async () => (await lab.runOf(id)).done).toBeGreaterThan(100);
    await lab.temporal.client.workflow.getHandle(lab.syncs.workflowId(lab.businessId)).terminate();
    expect((await lab.runOf(id)).state).toBe('running');
    const next = await lab.start();
    const ended = { state: 'failed', reasons: [{ code: 'interrupted' }] };
    await expect.poll(() => lab.runOf(id)).toMatchObject(ended);
    expect((await lab.runOf(next)).state).toBe('running');
    await lab.syncs.cancel(lab.businessId);
  });

  it('goes on in new runs of the workflow when its history grows, and reads no page twice', async () => {
    lab = await startCatalogLab(makeProducts(250));
    await lab.addSource('sitemap', lab.shop.sitemapUrl);
    const id = await lab.start({ maxHistoryEvents: 5 });
    const workflowId = lab.syncs.workflowId(lab.businessId);
    const first = (await lab.temporal.client.workflow.getHandle(workflowId).describe()).runId;
    await lab.temporal.client.workflow.getHandle(workflowId).result();
    expect(await lab.runOf(id)).toMatchObject({ state: 'done', created: 250, done: 501, total: 501 });
    expect(lab.shop.countOf('/product/')).toBe(250);
    const last = lab.temporal.client.workflow.getHandle(workflowId);
    expect((await last.describe()).runId).not.toBe(first);
    const started = (await last.fetchHistory()).events?.[0]?.workflowExecutionStartedEventAttributes;
    const carried = JSON.parse(Buffer.from(started?.input?.payloads?.[0]?.data ?? []).toString()).carried;
    expect(carried).toMatchObject({ runId: id, inPages: true, listed: 1, failed: 0 });
  });

  it('gets its schedule while somebody has the shop read, without a second run', async () => {
    lab = await startCatalogLab(makeProducts(60));
    lab.shop.setPageDelay(300);
    await lab.addSource('sitemap', lab.shop.sitemapUrl);
    const id = await lab.start();
    await expect.poll(async () => (await lab.runOf(id)).state).toBe('running');
    const { db, syncs, businessId } = lab;
    await startSchedules({
      db,
      syncs,
      businessId,
      config: { catalog: { enabled: false, cron: '0 3 1 1 *' } } as Config,
    });
    expect(await syncs.describeSchedule(businessId)).toMatchObject({ paused: false, lastAt: null });
    expect(await db.syncRun.count()).toBe(1);
    await syncs.cancel(businessId);
  });

  it('runs on its schedule, which can be made twice, triggered, paused and edited', async () => {
    lab = await startCatalogLab(makeProducts(3));
    await lab.addSource('torob', lab.shop.feedUrl(), false);
    const { syncs, businessId } = lab;
    await expect(syncs.describeSchedule(businessId)).rejects.toMatchObject({ code: 'not_found' });
    const config = { catalog: { enabled: false, cron: '0 */6 * * *' } } as Config;
    const start = () => startSchedules({ db: lab.db, syncs, businessId, config });
    await start();
    // A shop that was just named is read at once, and a start of the API after that is none.
    const runs = () => lab.db.syncRun.findMany({ orderBy: { createdAt: 'asc' } });
    await expect.poll(runs).toMatchObject([{ state: 'done', startedBy: 'schedule', created: 3 }]);
    await start();
    expect(await syncs.ensureSchedule(businessId, { cron: '30 2 * * *', isOwn: true })).toBe(false);
    const schedule = await syncs.describeSchedule(businessId);
    expect(schedule.paused).toBe(false);
    expect(schedule.nextAt[0]?.getUTCHours()).toBe(2);
    await syncs.trigger(businessId);
    await expect.poll(runs).toMatchObject([{}, { state: 'done', startedBy: 'schedule' }]);
    // One after the other, within the second in which the schedule may not know yet that its last run ended.
    for (let count = 3; count <= 5; count++) {
      await syncs.trigger(businessId);
      await expect.poll(async () => (await runs()).map((run) => run.state)).toEqual(Array(count).fill('done'));
    }
    await lab.addSource('sitemap', lab.shop.sitemapUrl);
    lab.shop.setPageDelay(3000);
    await syncs.trigger(businessId);
    await expect.poll(async () => (await runs()).at(-1)?.state).toBe('running');
    await expect(syncs.trigger(businessId)).rejects.toMatchObject({ code: 'conflict' });
    await syncs.cancel(businessId);
    await syncs.setPaused(businessId, true, 'holiday');
    await syncs.ensureSchedule(businessId, { cron: '0 */6 * * *', isOwn: true });
    expect(await syncs.describeSchedule(businessId)).toMatchObject({ paused: true });
  });
});
