import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { MockActivityEnvironment } from '@temporalio/testing';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { createSendActivities } from '../../activities/send.activities.ts';
import { ACTIVITY_PORTS } from '../../src/composition.ts';
import { createAccountLanes } from '../../src/outbox/account-lanes.ts';
import { ADMIN_API_KEY, startTestApi } from '../support/http-api.ts';
import { AGREED_WORD, pager, pagerCredentials, signPager } from '../support/pager-channel.ts';
import { SHOP, startWorld, type World } from '../support/world.ts';

// Goal: a channel is added by its folder and its line in the list. Method: the whole house with one line more.

vi.mock('../../src/channels/index.ts', async (load) => {
  const { CHANNELS } = await load<typeof import('../../src/channels/index.ts')>();
  const { pager } = await import('../support/pager-channel.ts');
  return { CHANNELS: [...CHANNELS, pager] };
});

interface Page {
  id: string;
  to: string;
  text: string;
  authorization: string | undefined;
}

let world: World;
const pages: Page[] = [];
const provider = createServer((request, response) => {
  const chunks: Buffer[] = [];
  request.on('data', (chunk: Buffer) => chunks.push(chunk));
  request.on('end', () => {
    const form = new URLSearchParams(Buffer.concat(chunks).toString());
    const id = `page-${pages.length + 1}`;
    const { authorization } = request.headers;
    pages.push({ id, to: form.get('To') ?? '', text: form.get('Body') ?? '', authorization });
    response.writeHead(201).end(id);
  });
});

beforeAll(async () => {
  await new Promise<void>((resolve) => provider.listen(0, '127.0.0.1', resolve));
  pagerCredentials.baseUrl = `http://127.0.0.1:${(provider.address() as AddressInfo).port}`;
  world = await startWorld();
  await world.db.account.create({ data: { businessId: world.businessId, channel: 'pager', externalId: SHOP } });
});
afterAll(async () => {
  await world.close();
  provider.closeAllConnections();
  provider.close();
});

function post(path: string, fields: Record<string, string>, token = pagerCredentials.token): Promise<Response> {
  const body = new URLSearchParams(fields).toString();
  const signature = signPager(path, body, { ...pagerCredentials, token });
  const headers = { 'content-type': 'application/x-www-form-urlencoded', 'x-pager-signature': signature };
  return fetch(new URL(path, world.webhookUrl), { method: 'POST', headers, body });
}

const write = (customer: string, text: string, path = '/webhooks/pager') =>
  post(path, { To: SHOP, From: customer, Body: text, Id: `${customer}-${text.length}` });
const pagesTo = (customer: string) => pages.filter(({ to }) => to === customer);
const rowsOf = (customer: string) =>
  world.db.outboundMessage.findMany({ where: { conversation: { contact: { externalId: customer } } } });

describe('a channel that was added to the list', () => {
  it('proves that its address is ours, to who knows the word', async () => {
    const ask = (word: string) => fetch(new URL(`/webhooks/pager?word=${word}&challenge=c0ffee`, world.webhookUrl));
    const right = await ask(AGREED_WORD);
    expect([right.status, right.headers.get('content-type'), await right.text()]).toEqual([
      200,
      'text/plain',
      'c0ffee',
    ]);
    expect((await ask('guess')).status).toBe(403);
  });

  it('receives, decides and sends, with an answer of its own form and no window', async () => {
    const customer = 'pager-customer';
    const taken = await write(customer, 'سلام');
    expect([taken.status, taken.headers.get('content-type'), await taken.text()]).toEqual([
      200,
      'text/xml',
      '<Response/>',
    ]);
    await expect.poll(() => pagesTo(customer).length).toBeGreaterThan(0);
    const [page] = pagesTo(customer);
    expect(page?.authorization).toBe(`Bearer ${pagerCredentials.token}`);
    await expect.poll(() => rowsOf(customer)).toMatchObject([{ state: 'sent', externalId: page?.id }]);
    const conversation = await world.db.conversation.findFirstOrThrow({ where: { contact: { externalId: customer } } });
    expect(conversation).toMatchObject({ channel: 'pager', windowExpiresAt: null, status: 'open' });
    expect(conversation.lastUserMessageAt).not.toBeNull();
  });

  it('refuses what another signed', async () => {
    expect((await post('/webhooks/pager', { To: SHOP, From: 'x', Body: 'x', Id: 'x' }, 'another')).status).toBe(401);
  });

  it('shares an address with a channel that takes the rest', async () => {
    expect((await write('pager-shared', 'hello', '/webhook')).status).toBe(200);
    await world.say('directam-shared', 'hello');
    const channelOf = async (externalId: string) =>
      (await world.db.conversation.findFirst({ where: { contact: { externalId } } }))?.channel;
    await expect.poll(() => channelOf('pager-shared')).toBe('pager');
    expect(await channelOf('directam-shared')).toBe('directam');
  });

  it('lets a message leave to somebody who never wrote', async () => {
    const { db, channels, credentials, businessId } = world;
    const of = { businessId, accountId: (await db.account.findFirstOrThrow({ where: { channel: 'pager' } })).id };
    const contact = await db.contact.create({ data: { ...of, externalId: 'pager-stranger' } });
    const data = { ...of, contactId: contact.id, channel: 'pager' };
    const { id: conversationId } = await db.conversation.create({ data });
    const content = { kind: 'text', text: 'We are open again.' };
    const row = { businessId, conversationId, author: 'campaign', content, text: content.text };
    const { id } = await db.outboundMessage.create({ data: row });
    const lanes = createAccountLanes();
    const deps = { ...ACTIVITY_PORTS, db, channels, credentials, lanes, quietHours: null };
    const { sendOutbound } = createSendActivities(deps);
    const identity = { businessId, conversationId, contactId: contact.id, accountId: of.accountId, channel: 'pager' };
    await new MockActivityEnvironment().run(sendOutbound, { identity, outboundIds: [id], followUpId: null } as never);
    expect(pagesTo('pager-stranger').map(({ text }) => text)).toEqual([content.text]);
  });
});

describe('delivery statuses', () => {
  const tell = (fields: Record<string, string>, outbound = '') =>
    post(`/webhooks/pager${outbound && `?outbound=${outbound}`}`, { To: SHOP, ...fields });
  const sorted = () => expect.poll(() => world.db.inboundDelivery.count({ where: { state: 'received' } })).toBe(0);
  /** A message of ours in a conversation of its own. */
  async function planned(customer: string, more: object = {}) {
    const { db, businessId } = world;
    const { id: accountId } = await db.account.findFirstOrThrow({ where: { channel: 'pager' } });
    const contact = await db.contact.create({ data: { businessId, accountId, externalId: customer } });
    const data = { businessId, accountId, contactId: contact.id, channel: 'pager' };
    const { id: conversationId } = await db.conversation.create({ data });
    const content = { kind: 'text', text: 'Hello' };
    return db.outboundMessage.create({
      data: { businessId, conversationId, author: 'bot', content, text: 'Hello', state: 'sent', ...more },
    });
  }
  const rowOf = (id: string) => world.db.outboundMessage.findUniqueOrThrow({ where: { id } });

  it('are noted by the provider’s id or ours, and a failure does not take back a delivery', async () => {
    const byTheirs = await planned('status-1', { externalId: 'theirs-1' });
    const byOurs = await planned('status-2');
    expect((await tell({ Id: 'theirs-1', State: 'delivered' })).status).toBe(200);
    await tell({ Id: 'theirs-1', State: 'failed' });
    await tell({ State: 'failed' }, byOurs.id);
    await sorted();
    expect(await rowOf(byTheirs.id)).toMatchObject({ deliveredAt: expect.any(Date), failedAt: null, reason: '' });
    expect(await rowOf(byOurs.id)).toMatchObject({
      deliveredAt: null,
      failedAt: expect.any(Date),
      reason: 'no_signal',
    });
  });

  it('settle what is unknown, and make no message', async () => {
    const [arrived, lost] = [
      await planned('status-3', { state: 'unknown' }),
      await planned('status-4', { state: 'unknown' }),
    ];
    await tell({ State: 'delivered', Id: 'theirs-3' }, arrived.id);
    await tell({ State: 'failed' }, lost.id);
    await sorted();
    expect(await rowOf(arrived.id)).toMatchObject({
      state: 'sent',
      settledBy: 'delivery_status',
      externalId: 'theirs-3',
    });
    expect(await rowOf(lost.id)).toMatchObject({ state: 'rejected', reason: 'no_signal' });
    const { conversationId } = arrived;
    expect(await world.db.inboundEvent.count({ where: { conversationId } })).toBe(0);
    expect(await world.db.message.count({ where: { conversationId, direction: 'out' } })).toBe(1);
  });

  it('wait while no message is known, once each, and are quarantined for an account that is not', async () => {
    for (let n = 0; n < 2; n++) expect((await tell({ Id: 'theirs-9', State: 'delivered' })).status).toBe(200);
    expect((await tell({ To: 'nobody', Id: 'x', State: 'delivered' })).status).toBe(200);
    await sorted();
    expect(await world.db.deliveryStatus.findMany({ where: { externalId: 'theirs-9' } })).toMatchObject([
      { outboundId: null, state: 'delivered' },
    ]);
    const strange = await world.db.inboundDelivery.findFirstOrThrow({ where: { body: { contains: 'nobody' } } });
    expect(strange).toMatchObject({ state: 'quarantined', reason: 'unknown_account' });
    expect(await world.db.account.count({ where: { externalId: 'nobody' } })).toBe(0);
  });

  it('that came before the answer to the send are noted with it', async () => {
    const row = await planned('status-5', { state: 'sending' });
    await tell({ Id: 'theirs-5', State: 'delivered' });
    await sorted();
    expect(await rowOf(row.id)).toMatchObject({ deliveredAt: null });
    const { markOutboundSent } = await import('../../src/outbox/store.ts');
    await markOutboundSent(world.db, row.id, { externalId: 'theirs-5', httpStatus: 201, settledBy: 'provider' });
    expect(await rowOf(row.id)).toMatchObject({ state: 'sent', deliveredAt: expect.any(Date) });
  });
});

describe('the API', () => {
  it('lists, filters by and documents the channel that was added', async () => {
    const api = await startTestApi();
    const options = { apiKey: ADMIN_API_KEY };
    const listed = await api.request('GET', '/api/channels', options);
    const { name, label, window } = pager.descriptor;
    expect(listed.body).toContainEqual(expect.objectContaining({ name, label, window, isOn: true }));
    const filter = (channel: string) => encodeURIComponent(JSON.stringify({ channel }));
    expect((await api.request('GET', `/api/conversations?filter=${filter('pager')}`, options)).status).toBe(200);
    expect((await api.request('GET', `/api/conversations?filter=${filter('pigeon')}`, options)).status).toBe(400);
    const { body } = await api.request('GET', '/openapi.json');
    expect(body).toMatchObject({ paths: { '/webhooks/pager': { get: {}, post: {} } } });
    await api.stop();
  });
});
