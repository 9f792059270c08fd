import { createHmac } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { connectInstagram, SECRET, SHOP, startWorld, type World } from '../support/world.ts';

// Goal: a message on Instagram is answered, and nothing is lost or said twice, whatever Meta does. Method: the whole house against a
// Graph API of our own.

const DAY_MS = 24 * 3_600_000;
let world: World;
beforeAll(async () => {
  world = await startWorld({ graph: { token: 'first-token', windowMs: DAY_MS } });
});
afterAll(() => world.close());

const write = (customer: string, text: string, more: object = {}) =>
  world.graph.write({ product: 'instagram', account: SHOP, customer, text, ...more });
const sendsTo = (customer: string) => world.graph.sends.filter(({ recipient }) => recipient === customer);
const rowsOf = (customer: string) =>
  world.db.outboundMessage.findMany({
    where: { conversation: { contact: { externalId: customer } } },
    orderBy: { createdAt: 'asc' },
  });
const conversationOf = (customer: string) =>
  world.db.conversation.findFirstOrThrow({ where: { contact: { externalId: customer } } });
const accountStatus = async () => (await world.db.account.findFirstOrThrow({ where: { channel: 'instagram' } })).status;

describe('an Instagram account', () => {
  it('answers a message once however often it is delivered, and knows its own echo', async () => {
    const mid = await write('ig-1', 'سلام، ساعت کاری شما چیه؟', { times: 3 });
    await expect.poll(() => sendsTo('ig-1').length).toBeGreaterThan(0);
    const [send] = sendsTo('ig-1');
    expect(send).toMatchObject({
      version: 'v25.0',
      node: SHOP,
      token: 'first-token',
      body: { recipient: { id: 'ig-1' }, messaging_type: 'RESPONSE' },
    });
    await expect
      .poll(() => rowsOf('ig-1'))
      .toMatchObject([{ state: 'sent', externalId: send?.messageId, echoEventId: expect.any(String) }]);
    const { id, mode, channel } = await conversationOf('ig-1');
    expect([mode, channel]).toEqual(['bot', 'instagram']);
    const said = await world.db.message.findMany({ where: { conversationId: id }, orderBy: { createdAt: 'asc' } });
    expect(said.map(({ author, externalId }) => [author, externalId])).toEqual([
      ['customer', mid],
      ['bot', send?.messageId],
    ]);
    expect(sendsTo('ig-1')).toHaveLength(1);
  });

  it('leaves the conversation to a person who writes in the app', async () => {
    await write('ig-2', 'hello');
    await expect.poll(() => sendsTo('ig-2').length).toBe(1);
    const [entry] = [{ sender: { id: SHOP }, recipient: { id: 'ig-2' }, timestamp: Date.now() }];
    const message = { mid: 'by-hand', text: 'I am here myself', is_echo: true };
    const body = { object: 'instagram', entry: [{ id: SHOP, time: Date.now(), messaging: [{ ...entry, message }] }] };
    expect(await world.graph.deliver(body)).toBe(200);
    await expect.poll(async () => (await conversationOf('ig-2')).mode).toBe('human');
    await write('ig-2', 'thanks');
    await write('ig-3', 'hello');
    await expect.poll(() => sendsTo('ig-3').length).toBe(1);
    expect(sendsTo('ig-2')).toHaveLength(1);
  });

  it('settles by its echo what was taken and never answered, and does not repeat it', async () => {
    world.graph.behave({ kind: 'accept-and-drop' }, { kind: 'ok' });
    await write('ig-4', 'hello');
    await expect.poll(() => rowsOf('ig-4')).toMatchObject([{ state: 'sent', attempts: 1 }]);
    expect(sendsTo('ig-4')).toHaveLength(1);
  });

  it('says why Meta refuses, and tries again only what was certainly not taken', async () => {
    world.graph.behave({ kind: 'error', code: 551 }, { kind: 'ok' });
    await write('ig-5', 'hello');
    await expect.poll(() => rowsOf('ig-5')).toMatchObject([{ state: 'rejected', reason: 'unreachable' }]);
    world.graph.behave({ kind: 'error', code: 613, headers: { 'retry-after': '1' } }, { kind: 'ok' });
    await write('ig-6', 'hello');
    await expect.poll(() => rowsOf('ig-6')).toMatchObject([{ state: 'sent', attempts: 2 }]);
    expect(sendsTo('ig-6')).toHaveLength(1);
  });

  it('holds its answers while its token is refused, and sends each once it is connected again', async () => {
    world.graph.revoke('first-token');
    for (const customer of ['ig-7', 'ig-8']) await write(customer, 'hello');
    await expect.poll(accountStatus).toBe('needs_reconnect');
    for (const customer of ['ig-7', 'ig-8'])
      await expect
        .poll(() => rowsOf(customer))
        .toMatchObject([{ state: 'planned', reason: 'account_needs_reconnect' }]);
    expect(sendsTo('ig-7')).toEqual([]);

    await connectInstagram(world.db, world.businessId, 'second-token');
    for (const customer of ['ig-7', 'ig-8']) {
      await expect.poll(() => rowsOf(customer)).toMatchObject([{ state: 'sent' }]);
      expect(sendsTo(customer)).toMatchObject([{ token: 'second-token' }]);
    }
    expect(await accountStatus()).toBe('active');
  });

  it('takes nothing that another signed', async () => {
    const raw = JSON.stringify({ object: 'instagram', entry: [] });
    const signature = `sha256=${createHmac('sha256', `${SECRET}x`).update(raw).digest('hex')}`;
    const headers = { 'x-hub-signature-256': signature };
    const answer = await fetch(world.webhookUrl, { method: 'POST', headers, body: raw });
    expect(answer.status).toBe(401);
  });
});
