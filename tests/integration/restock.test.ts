import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { tellRestocks } from '../../src/catalog/restock/watch.ts';
import { catalogSettingsOf } from '../../src/composition.ts';
import { loadConfig } from '../../src/config.ts';
import { openTicket } from '../../src/tickets/store.ts';
import { HOUR_MS } from '../support/builders.ts';
import { startWorld, type World } from '../support/world.ts';

let world: World;
const TITLE = 'کیف دوشی چرم بلوط';

beforeAll(async () => {
  world = await startWorld({ directam: { behave: 'ok-with-id' }, catalog: catalogSettingsOf(loadConfig({}), null) });
});
afterAll(() => world.close());

const soon = (check: () => unknown) => expect.poll(check);

async function keepProduct(title: string, available: boolean | null): Promise<string> {
  const { id } = await world.db.product.create({
    data: {
      ...{ businessId: world.businessId, source: 'manual', sourceKey: title, title, searchText: title, available },
      ...{ price: 1_850_000n, currency: 'IRT' },
    },
  });
  return id;
}
const setStock = (id: string, available: boolean) => world.db.product.update({ where: { id }, data: { available } });

const tell = (quietHours: { start: string; end: string } | null = null) =>
  tellRestocks({
    ...{ db: world.db, conversations: world.conversations, openTicket },
    quietHoursOf: async () => quietHours,
    clock: Date.now,
  });

/** Says something and waits for its answer, all parts of it. Returns the conversation. */
async function talk(customer: string, text: string): Promise<string> {
  const of = { conversation: { contact: { externalId: customer } } };
  const before = await world.db.decision.count({ where: of });
  await world.say(customer, text);
  await soon(() => world.db.decision.count({ where: of })).toBe(before + 1);
  await soon(() => world.db.outboundMessage.count({ where: { ...of, state: { not: 'sent' } } })).toBe(0);
  return (await world.refOf(customer)).conversationId;
}

/** A customer asks for what is sold out, and wants to know when it is back. */
async function waitFor(customer: string, title: string): Promise<string> {
  await talk(customer, `${title} موجوده؟`);
  return talk(customer, 'هر وقت موجود شد خبرم کنید');
}
const noticesTo = (customer: string) =>
  world.db.outboundMessage.findMany({
    where: { purpose: 'restock', conversation: { contact: { externalId: customer } } },
  });
const requestsOf = (conversationId: string) =>
  world.db.restockRequest.findMany({ where: { conversationId }, select: { state: true, language: true } });
const ticketsOf = (conversationId: string) =>
  world.db.ticket.findMany({ where: { conversationId, reason: 'restock' }, select: { note: true } });

describe('a customer who wants to know when a product is back', () => {
  it('is told once, when it is, with its price; and nobody has to do anything', async () => {
    const product = await keepProduct(TITLE, false);
    const conversationId = await waitFor('restock-1', TITLE);
    expect(await requestsOf(conversationId)).toEqual([{ state: 'waiting', language: 'fa' }]);
    await tell();
    expect(await requestsOf(conversationId)).toEqual([{ state: 'waiting', language: 'fa' }]);

    await setStock(product, true);
    await Promise.all([tell(), tell()]);
    await soon(() => noticesTo('restock-1')).toMatchObject([{ state: 'sent', author: 'bot' }]);
    await tell();
    expect(await requestsOf(conversationId)).toEqual([{ state: 'told', language: 'fa' }]);
    const told = world.directam.received.filter(
      ({ receiverId, text }) => receiverId === 'restock-1' && text?.includes('خبر خوب'),
    );
    expect(told).toHaveLength(1);
    expect(told[0]?.text).toContain(TITLE);
    expect(told[0]?.text).toContain('۱٬۸۵۰٬۰۰۰ تومان');
    expect(await world.db.conversation.findUnique({ where: { id: conversationId } })).toMatchObject({
      mode: 'bot',
      needsHuman: false,
    });
  });

  it('waits once, however often it is asked, and is not told while it is still sold out', async () => {
    const title = 'کمربند پهن گاوی';
    await keepProduct(title, false);
    const conversationId = await waitFor('restock-2', title);
    await talk('restock-2', 'پس موجود شد خبرم کنید حتما');
    expect(await requestsOf(conversationId)).toHaveLength(1);
    await tell();
    expect(await noticesTo('restock-2')).toEqual([]);
  });

  it("is a person's task where the window has closed, a person is at work, or it closes before the night ends", async () => {
    const title = 'دستکش چرم بره';
    const product = await keepProduct(title, false);
    const [closed, human, night] = await Promise.all(
      ['restock-closed', 'restock-human', 'restock-night'].map((customer) => waitFor(customer, title)),
    );
    const change = (id = '', data: object) => world.db.conversation.update({ where: { id }, data });
    await change(closed, { windowExpiresAt: new Date(Date.now() - HOUR_MS) });
    await change(human, { mode: 'human' });
    await change(night, { windowExpiresAt: new Date(Date.now() + HOUR_MS) });
    await setStock(product, true);
    await tell({ start: '00:00', end: '23:59' });
    for (const [id = '', customer] of [
      [closed, 'restock-closed'],
      [human, 'restock-human'],
      [night, 'restock-night'],
    ]) {
      expect(await requestsOf(id), customer).toMatchObject([{ state: 'task' }]);
      expect(await ticketsOf(id), customer).toEqual([{ note: `“${title}” is back, and the customer wanted to know.` }]);
      expect(await noticesTo(customer ?? ''), customer).toEqual([]);
    }
  });

  it('hears nothing after they wanted no more messages', async () => {
    const title = 'جاکارتی باریک';
    const product = await keepProduct(title, false);
    const conversationId = await waitFor('restock-out', title);
    await world.db.contact.updateMany({ where: { externalId: 'restock-out' }, data: { optedOutAt: new Date() } });
    await setStock(product, true);
    await tell();
    expect(await requestsOf(conversationId)).toMatchObject([{ state: 'dropped' }]);
    expect(await ticketsOf(conversationId)).toEqual([]);
    expect(await noticesTo('restock-out')).toEqual([]);
  });

  it('is left to a person where no source tells of the stock', async () => {
    const title = 'ساک ورزشی برزنتی';
    await keepProduct(title, null);
    const conversationId = await waitFor('restock-null', title);
    expect(await requestsOf(conversationId)).toEqual([]);
    expect(await world.db.ticket.findMany({ where: { conversationId } })).toMatchObject([{ reason: 'request' }]);
  });
});
