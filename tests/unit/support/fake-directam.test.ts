import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type FakeDirectam, sendWebhook, signDirectam, startFakeDirectam } from '../../support/fake-directam.ts';

interface Delivery {
  body: string;
  headers: IncomingMessage['headers'];
}

let gateway: FakeDirectam;
let peyk: Server;
let webhookUrl: string;
let deliveries: Delivery[];

beforeEach(async () => {
  gateway = await startFakeDirectam();
  deliveries = [];
  peyk = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      deliveries.push({ body: Buffer.concat(chunks).toString(), headers: request.headers });
      response.end();
    });
  });
  await new Promise<void>((resolve) => peyk.listen(0, '127.0.0.1', resolve));
  webhookUrl = `http://127.0.0.1:${(peyk.address() as AddressInfo).port}/webhook`;
});
afterEach(async () => {
  await gateway.close();
  peyk.closeAllConnections();
  await new Promise((resolve) => peyk.close(resolve));
});

const post = (body: object) =>
  fetch(`${gateway.url}/send/text`, { method: 'POST', body: JSON.stringify({ receiver_id: '5', ...body }) });

describe('startFakeDirectam', () => {
  it('follows a script and stays with its last step', async () => {
    gateway.behave(['server-error', 'ok']);
    expect([(await post({})).status, (await post({})).status, (await post({})).status]).toEqual([500, 200, 200]);
    expect(gateway.received.map((send) => send.behaviour)).toEqual(['server-error', 'ok', 'ok']);
  });

  it('waits for a send, and says so when none comes', async () => {
    const waiting = gateway.waitFor((send) => send.text === 'b');
    await post({ text: 'a' });
    await post({ text: 'b' });
    expect((await waiting).map((send) => send.text)).toEqual(['a', 'b']);
    await expect(gateway.waitFor(3, 20)).rejects.toThrow('received 2 sends');
  });

  it.each([
    ['account-sender', { sender: '987', receiver: '5' }],
    ['customer-sender', { sender: '5', receiver: '987' }],
  ] as const)('echoes what it accepted, signed, with the %s form', async (form, parties) => {
    gateway.setEcho({ url: webhookUrl, secret: 's', accountId: '987', form });
    gateway.behave(['server-error', 'ok']);
    await post({ text: 'refused' });
    await post({ text: 'سلام' });
    await expect.poll(() => deliveries.length).toBe(1);
    const { body, headers } = deliveries[0]!;
    expect(JSON.parse(body)).toMatchObject({ ...parties, text: 'سلام', message_type: 'text', is_admin: true });
    expect(headers['x-webhook-signature']).toBe(signDirectam(body, 's'));
  });
});

describe('sendWebhook', () => {
  it('signs with a secret and only then, and sends a string as it is', async () => {
    await sendWebhook(webhookUrl, { a: 1 }, 's');
    await sendWebhook(webhookUrl, '{broken');
    expect(deliveries[0]?.headers['x-webhook-signature']).toBe(signDirectam('{"a":1}', 's'));
    expect(deliveries[1]?.body).toBe('{broken');
    expect(deliveries[1]?.headers['x-webhook-signature']).toBeUndefined();
  });
});
