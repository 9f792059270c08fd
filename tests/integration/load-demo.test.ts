import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createSimulatorChannel } from '../../src/channels/simulator/index.ts';
import { DEMO_CUSTOMERS, DEMO_PRODUCTS } from '../../src/demo/demo-shop.ts';
import { loadDemo } from '../../src/demo/load-demo.ts';
import { type InboxLab, openInboxLab, said } from '../support/inbox-lab.ts';

let lab: InboxLab;
beforeAll(async () => {
  lab = await openInboxLab();
});
afterAll(async () => {
  await lab.close();
});

const load = (where: InboxLab) =>
  loadDemo({
    db: where.db,
    businessId: where.businessId,
    ingest: where.openInbox().ingest,
    simulator: createSimulatorChannel(),
  });

describe('loadDemo', () => {
  it('fills an empty business once, also when two programs start together', async () => {
    expect((await Promise.all([load(lab), load(lab)])).sort()).toEqual([false, true]);
    expect(await load(lab)).toBe(false);
    const where = { businessId: lab.businessId };
    expect(await lab.db.product.count({ where })).toBe(DEMO_PRODUCTS.length);
    expect(await lab.db.conversation.count({ where })).toBe(DEMO_CUSTOMERS.length);
    expect(await lab.db.message.count({ where })).toBe(DEMO_CUSTOMERS.flatMap(({ says }) => says).length);
  });

  it('leaves a business alone that already talks to customers', async () => {
    const other = await openInboxLab();
    await other.take(said('somebody', 'hi'));
    expect(await load(other)).toBe(false);
    expect(await other.db.product.count()).toBe(0);
    await other.close();
  });
});
