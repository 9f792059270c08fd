import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readFields } from '../../src/channels/sms/form.ts';
import { twilioSignature } from '../../src/channels/sms/signature.ts';
import { type FakeTwilio, startFakeTwilio, TWILIO_TOKEN as TOKEN } from '../support/fake-twilio.ts';
import { startWorld, type World } from '../support/world.ts';

const BASE = 'https://shop.example';
const NUMBER = '+15552223333';

let twilio: FakeTwilio;
let world: World;

beforeAll(async () => {
  twilio = await startFakeTwilio();
  const account = { accountSid: 'AC12345678', authToken: TOKEN, phoneNumber: NUMBER };
  world = await startWorld({
    sms: { apiBaseUrl: twilio.url, publicBaseUrl: BASE, optOutHandledBy: 'carrier', account },
  });
});
afterAll(async () => {
  await world.close();
  await twilio.close();
});

function post(path: string, fields: Record<string, string>, token = TOKEN): Promise<Response> {
  const body = new URLSearchParams(fields).toString();
  const request = { rawBody: Buffer.from(body), headers: {}, receivedAtMs: 0 };
  const signature = twilioSignature(token, `${BASE}${path}`, readFields(request));
  const headers = { 'content-type': 'application/x-www-form-urlencoded', 'x-twilio-signature': signature };
  return fetch(new URL(path, world.webhookUrl), { method: 'POST', headers, body });
}
let messages = 0;
const write = (From: string, Body: string, more: object = {}) =>
  post('/webhooks/sms/inbound', { MessageSid: `SM-in-${++messages}`, From, To: NUMBER, Body, NumMedia: '0', ...more });
const sentTo = (customer: string) => twilio.received.filter(({ to }) => to === customer);
const of = (externalId: string) => ({ conversation: { contact: { externalId } } });
const rowsOf = (customer: string) => world.db.outboundMessage.findMany({ where: of(customer) });

describe('text messages by Twilio', () => {
  it('are acknowledged with TwiML that says nothing, and answered once, with no window', async () => {
    const customer = '+15550000001';
    const taken = await write(customer, 'سلام');
    expect(taken.status).toBe(200);
    expect(taken.headers.get('content-type')).toContain('text/xml');
    expect(await taken.text()).toMatch(/<Response\/>$/);
    await expect.poll(() => sentTo(customer).length).toBe(1);
    const [sms] = sentTo(customer);
    expect(sms).toMatchObject({ from: NUMBER, body: expect.stringContaining('سلام') });
    await expect.poll(() => rowsOf(customer)).toMatchObject([{ state: 'sent', externalId: sms?.sid }]);
    const [row] = await rowsOf(customer);
    expect(sms?.statusCallback).toBe(`${BASE}/webhooks/sms/status?outbound=${row?.id}`);
    const conversation = await world.db.conversation.findFirst({ where: { contact: { externalId: customer } } });
    expect(conversation).toMatchObject({ channel: 'sms', windowExpiresAt: null, status: 'open' });
  });

  it('come once, however often Twilio tells of them', async () => {
    const customer = '+15550000002';
    for (let n = 0; n < 3; n++) await write(customer, 'hello', { MessageSid: 'SM-again' });
    await expect.poll(() => rowsOf(customer)).toMatchObject([{ state: 'sent' }]);
    expect(await world.db.message.count({ where: { ...of(customer), direction: 'in' } })).toBe(1);
  });

  it('are refused where another signed, or nobody', async () => {
    const fields = { MessageSid: 'SM-x', From: '+15550000003', To: NUMBER, Body: 'x' };
    expect((await post('/webhooks/sms/inbound', fields, 'another')).status).toBe(401);
    const body = new URLSearchParams(fields).toString();
    const unsigned = await fetch(new URL('/webhooks/sms/inbound', world.webhookUrl), { method: 'POST', body });
    expect(unsigned.status).toBe(401);
    expect(await world.db.contact.count({ where: { externalId: '+15550000003' } })).toBe(0);
  });

  it('are known to have been delivered once Twilio says so', async () => {
    const customer = '+15550000004';
    await write(customer, 'hello');
    await expect.poll(() => rowsOf(customer)).toMatchObject([{ state: 'sent' }]);
    const [row] = await rowsOf(customer);
    const told = { MessageSid: row?.externalId ?? '', From: NUMBER, To: customer };
    const path = `/webhooks/sms/status?outbound=${row?.id}`;
    expect((await post(path, { ...told, MessageStatus: 'queued' })).status).toBe(200);
    expect((await post(path, { ...told, MessageStatus: 'delivered' })).status).toBe(200);
    await expect.poll(() => rowsOf(customer)).toMatchObject([{ state: 'sent', deliveredAt: expect.any(Date) }]);
  });

  it('that could not be delivered say why', async () => {
    const customer = '+15550000005';
    await write(customer, 'hello');
    await expect.poll(() => rowsOf(customer)).toMatchObject([{ state: 'sent' }]);
    const [row] = await rowsOf(customer);
    const told = { MessageSid: row?.externalId ?? '', From: NUMBER, MessageStatus: 'undelivered', ErrorCode: '30006' };
    await post(`/webhooks/sms/status?outbound=${row?.id}`, told);
    await expect.poll(() => rowsOf(customer)).toMatchObject([{ failedAt: expect.any(Date), reason: 'not_mobile' }]);
  });

  it('end at a STOP, which the carrier confirms, and begin again at a START', async () => {
    const customer = '+15550000006';
    const optedOutAt = async () =>
      (await world.db.contact.findFirst({ where: { externalId: customer } }))?.optedOutAt ?? null;
    await write(customer, 'STOP');
    await expect.poll(optedOutAt).toBeInstanceOf(Date);
    await expect.poll(() => world.db.decision.count({ where: of(customer) })).toBe(1);
    expect(sentTo(customer)).toEqual([]);
    await write(customer, 'START');
    await expect.poll(optedOutAt).toBeNull();
  });

  it('wait while Twilio asks for it, and go out once', async () => {
    const customer = '+15550000007';
    twilio.behave({ status: 429, code: 20429, retryAfter: 1 }, 'ok');
    await write(customer, 'hello');
    await expect.poll(() => rowsOf(customer)).toMatchObject([{ state: 'sent' }]);
    expect(sentTo(customer)).toHaveLength(1);
  });
});
