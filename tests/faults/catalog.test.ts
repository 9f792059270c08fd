import { afterEach, describe, expect, it } from 'vitest';
import { type FakeShop, makeProducts, startFakeShop } from '../support/fake-shop.ts';
import { type ProcessWorld, startProcessWorld } from '../support/process-world.ts';

let world: ProcessWorld;
let shop: FakeShop;
afterEach(async () => {
  await world.close();
  await shop.close();
});

interface Run {
  id: string;
  state: string;
  done: number;
  total: number;
  created: number;
  rejected: number;
  reasons: { code: string }[];
}

const runOf = async (id: string): Promise<Run> => (await (await world.ask(`/admin/products/sync/${id}`)).json()) as Run;

/** A new shop is read at once, by itself. Gives that first run; `prepare` is done to the shop before. */
async function begin(products: number, prepare: (shop: FakeShop) => void): Promise<() => Promise<Run>> {
  shop = await startFakeShop({ products: makeProducts(products) });
  prepare(shop);
  const env = { TOROB_PRODUCTS_URL: shop.feedUrl(), SSRF_ALLOW_CIDRS: '127.0.0.1/32', PRODUCTS_SYNC_CRON: '0 3 1 1 *' };
  world = await startProcessWorld({ env });
  const runs = () => world.query<{ id: string }>('select id from sync_runs');
  await expect.poll(async () => (await runs()).length).toBe(1);
  const id = (await runs())[0]?.id as string;
  return () => runOf(id);
}

async function sync(): Promise<() => Promise<Run>> {
  const started = await world.ask('/admin/products/sync', { method: 'POST', body: {} });
  expect(started.status).toBe(202);
  const { id } = (await started.json()) as Run;
  return () => runOf(id);
}

describe('a catalog sync', () => {
  it('goes on where it was when its worker is killed amid the pages', async () => {
    const look = await begin(250, (shop) => shop.setPageDelay(80));
    await expect.poll(async () => (await look()).done, { timeout: 60_000 }).toBeGreaterThan(300);
    await world.worker.kill();
    const before = await look();
    const asked = shop.countOf('/product/');
    expect(before.state).toBe('running');
    expect(before.done).toBeLessThan(480);
    await world.worker.start();
    await expect.poll(async () => (await look()).state, { timeout: 120_000 }).toBe('done');
    // What was under way when it was killed is asked for once more, nothing else.
    expect(shop.countOf('/product/')).toBeLessThanOrEqual(250 + 4);
    expect(shop.countOf('/product/')).toBeGreaterThan(asked);
    expect(await look()).toMatchObject({ done: 500, total: 500, created: 250, rejected: 0 });
    const [counts] = await world.query<{ all: number; titled: number }>(
      "select count(*)::int as all, count(*) filter (where title <> '')::int as titled from products",
    );
    expect(counts).toEqual({ all: 250, titled: 250 });
  });

  it('keeps what it has when the shop falls over amid the pages, and does not hammer it', async () => {
    // It asks to be left alone for two seconds each time; a shop that names no time is given ten.
    const look = await begin(60, (shop) => shop.behave('pages', 'overloaded'));
    await expect.poll(async () => (await look()).state, { timeout: 120_000 }).toBe('partial');
    expect((await look()).reasons.map(({ code }) => code)).toContain('host_gave_up');
    expect(shop.countOf('/product/')).toBeLessThan(20);
    const [counts] = await world.query<{ priced: number }>('select count(price)::int as priced from products');
    expect(counts).toEqual({ priced: 60 });
    // It comes back, and the next run reads what was left.
    shop.behave('pages', 'ok');
    const again = await sync();
    await expect.poll(async () => (await again()).state, { timeout: 60_000 }).toBe('done');
  });
});
