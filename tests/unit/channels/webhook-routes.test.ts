import { describe, expect, it } from 'vitest';
import type { Channel, WebhookRoute } from '../../../src/channels/channel.ts';
import { createSimulatorChannel } from '../../../src/channels/simulator/index.ts';
import { JSON_OK } from '../../../src/channels/webhook-answers.ts';
import { webhookAddresses } from '../../../src/channels/webhook-routes.ts';

function buildChannel(name: string, ...routes: Partial<WebhookRoute>[]): [string, Channel] {
  const whole = { path: '/webhook', methods: ['POST'], acknowledgement: JSON_OK, description: '' } as const;
  return [name, { ...createSimulatorChannel(), name, webhooks: routes.map((route) => ({ ...whole, ...route })) }];
}

const requestWith = (header: string) => ({ rawBody: Buffer.alloc(0), headers: { [header]: '1' }, receivedAtMs: 0 });
const recognises =
  (header: string): WebhookRoute['recognises'] =>
  ({ headers }) =>
    header in headers;

describe('webhookAddresses', () => {
  it('asks nobody whose a request is at an address of one channel', () => {
    const channels = new Map([buildChannel('one', { path: '/one', recognises: () => false })]);
    expect(webhookAddresses(channels).get('/one')?.get('POST')?.only?.channel.name).toBe('one');
    expect(webhookAddresses(channels).get('/two')).toBeUndefined();
  });

  it('gives a shared address to whoever recognises the request, else to the one that takes the rest', () => {
    const channels = new Map([
      buildChannel('rest', {}),
      buildChannel('a', { recognises: recognises('x-a'), methods: ['GET', 'POST'] }),
      buildChannel('b', { recognises: recognises('x-b') }),
    ]);
    const methods = webhookAddresses(channels).get('/webhook');
    expect([...(methods?.keys() ?? [])].sort()).toEqual(['GET', 'POST']);
    expect(methods?.get('GET')?.only?.channel.name).toBe('a');
    const address = methods?.get('POST');
    expect(address?.only).toBeNull();
    expect(['x-a', 'x-b', 'x-c'].map((header) => address?.choose(requestWith(header))?.channel.name)).toEqual([
      'a',
      'b',
      'rest',
    ]);
  });

  it('gives what nobody recognises to nobody', () => {
    const channels = new Map([
      buildChannel('a', { recognises: recognises('x-a') }),
      buildChannel('b', { recognises: recognises('x-b') }),
    ]);
    expect(webhookAddresses(channels).get('/webhook')?.get('POST')?.choose(requestWith('x-c'))).toBeNull();
  });

  it('refuses two channels that both take the rest', () => {
    const channels = new Map([buildChannel('a', {}), buildChannel('b', {})]);
    expect(() => webhookAddresses(channels)).toThrow('/webhook');
  });
});
