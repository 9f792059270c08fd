import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { normaliseText } from '../../src/text/persian.ts';
import { startWorld, type World } from '../support/world.ts';

// Goal: an order is placed by chat, from the webhook to the provider; and an unfinished one ends by itself, by a durable
// timer. Method: the whole house with a limit of a few seconds.

const LIMIT_MS = 6000;
let world: World;

beforeAll(async () => {
  world = await startWorld({ orders: { limitMs: LIMIT_MS }, debounce: { quietMs: 10, maxMs: 50 } });
  const title = 'کیف چرمی قرمز';
  const { businessId } = world;
  await world.db.product.create({
    data: { businessId, source: 'manual', sourceKey: 'bag', title, price: 450_000n, searchText: normaliseText(title) },
  });
});
afterAll(() => world.close());

const soon = (check: () => unknown) => expect.poll(check);
const heard = (customer: string) =>
  world.directam.received.filter((send) => send.receiverId === customer).map(({ text }) => text ?? '');

async function converse(customer: string, lines: string[]): Promise<void> {
  for (const [index, line] of lines.entries()) {
    await world.say(customer, line);
    await soon(() => heard(customer).length).toBe(index + 1);
  }
}

describe('an order by chat', () => {
  it('is placed, told to the customer, and leaves no timer behind', async () => {
    const customer = 'cust-order-1';
    const lines = ['کیف چرمی قرمز می‌خوام', '۲ تا', 'علی رضایی', '۰۹۱۲۳۴۵۶۷۸۹', 'تهران، خیابان ولیعصر، پلاک ۱۲', 'بله'];
    await converse(customer, lines);
    expect(heard(customer).at(-1)).toContain('۹۰۰٬۰۰۰ تومان');
    const { conversationId } = await world.refOf(customer);
    expect(await world.db.order.findMany({ where: { conversationId } })).toMatchObject([
      { state: 'placed', total: 900_000n, phone: '+989123456789' },
    ]);
    await soon(() => world.db.timer.findMany({ where: { conversationId } })).toMatchObject([
      { kind: 'order_form', state: 'cancelled' },
    ]);
  });

  it('is given up by a word that would otherwise end the shop’s messages', async () => {
    const customer = 'cust-order-3';
    const optedOutAt = async () =>
      (await world.db.contact.findFirstOrThrow({ where: { externalId: customer } })).optedOutAt;
    await converse(customer, ['کیف چرمی قرمز می‌خوام', '۲ تا', 'لطفا لغو']);
    const { conversationId } = await world.refOf(customer);
    expect(await world.db.orderForm.findMany({ where: { conversationId } })).toMatchObject([{ state: 'cancelled' }]);
    expect(await optedOutAt()).toBeNull();
    // Said once more at once, it still means the order; after a while, the messages.
    await world.say(customer, 'لغو');
    expect(await optedOutAt()).toBeNull();
    await world.db.$executeRaw`UPDATE order_forms SET updated_at = now() - interval '11 minutes'
      WHERE conversation_id = ${conversationId}::uuid`;
    await world.say(customer, 'لغو');
    expect(await optedOutAt()).not.toBeNull();
  });

  it('can be taken back by «لغو» on the day it was placed, which calls a person and ends no messages', async () => {
    const customer = 'cust-order-4';
    await converse(customer, [
      'کیف چرمی قرمز می‌خوام',
      '۲ تا',
      'سارا',
      '۰۹۱۲۳۴۵۶۷۸۹',
      'تهران، خیابان ولیعصر، پلاک ۱۲',
      'بله',
    ]);
    const { conversationId } = await world.refOf(customer);
    expect(await world.db.order.count({ where: { conversationId } })).toBe(1);
    await world.say(customer, 'لغو');
    await soon(() => heard(customer).length).toBe(7);
    expect((await world.db.contact.findFirstOrThrow({ where: { externalId: customer } })).optedOutAt).toBeNull();
    await soon(() => world.db.ticket.findMany({ where: { conversationId } })).toMatchObject([{ state: 'open' }]);
    await world.db.$executeRaw`UPDATE order_forms SET updated_at = now() - interval '25 hours'
      WHERE conversation_id = ${conversationId}::uuid`;
    await world.say(customer, 'لغو');
    expect((await world.db.contact.findFirstOrThrow({ where: { externalId: customer } })).optedOutAt).not.toBeNull();
  });

  it('ends by itself when the customer falls silent, and says so once', async () => {
    const customer = 'cust-order-2';
    await converse(customer, ['کیف چرمی قرمز می‌خوام', '۲ تا']);
    const { conversationId } = await world.refOf(customer);
    const where = { conversationId };
    expect(await world.db.orderForm.findMany({ where })).toMatchObject([{ state: 'open', form: { quantity: 2 } }]);
    await soon(() => world.db.orderForm.findMany({ where })).toMatchObject([{ state: 'expired', reason: 'timeout' }]);
    await soon(() => world.db.timer.findMany({ where })).toMatchObject([{ kind: 'order_form', state: 'done' }]);
    expect(await world.db.order.count({ where })).toBe(0);
    await soon(() => heard(customer).at(-1)).toContain('نیمه‌کاره ماند');
    expect(heard(customer)).toHaveLength(3);
    // The provider has it a moment before the ledger says so.
    const notices = () => world.db.outboundMessage.findMany({ where: { conversationId, purpose: 'order_expired' } });
    await soon(notices).toMatchObject([{ state: 'sent', author: 'bot' }]);
  });
});
