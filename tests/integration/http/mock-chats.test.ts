import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createGraphServer } from '../../../src/channels/meta/mock/graph-server.ts';
import { loadConfig } from '../../../src/config.ts';
import { createMockGraph, serveMockGraph } from '../../../src/inbox/mock-graph.ts';
import { startTestApi, type TestApi } from '../../support/http-api.ts';

// Goal: a shop can be tried out on Instagram and Messenger without an account there.

const graph = createGraphServer({ windowMs: 24 * 3_600_000 });
let api: TestApi;
let token: string;
beforeAll(async () => {
  api = await startTestApi(
    { META_APP_SECRET: 'app-secret', ENCRYPTION_KEYS: `k1:${Buffer.alloc(32, 5).toString('base64')}` },
    { mockGraph: graph },
  );
  graph.deliverTo({ url: `${api.url}/webhooks/meta`, secret: 'app-secret' });
  token = await api.login();
});
afterAll(async () => {
  await graph.settled();
  await api.stop();
});

describe.each(['instagram', 'messenger'])('made-up customers on %s', (platform) => {
  it('write, go on writing, and stand in the list of chats', async () => {
    const made = await api.request<{ generated: number; chats: { id: string }[] }>(
      'POST',
      `/api/mock/generate-chats?count=3&platform=${platform}`,
      { token },
    );
    expect([made.status, made.body.generated]).toEqual([201, 3]);
    const listed = await api.request<{ id: string }[]>('GET', `/api/chats?platform=${platform}`, { token });
    expect(listed.body.map(({ id }) => id).sort()).toEqual(made.body.chats.map(({ id }) => id).sort());
    const chat_id = made.body.chats[0]?.id ?? '';
    const body = { chat_id, message: 'Test message' };
    expect((await api.request('POST', '/api/mock/simulate-message', { token, body })).status).toBe(201);
    const where = { conversationId: chat_id, text: 'Test message' };
    await expect.poll(() => api.db.message.count({ where })).toBe(1);
    const account = await api.db.account.findFirstOrThrow({ where: { channel: platform } });
    expect(account).toMatchObject({ status: 'active', credentials: expect.stringMatching(/^v1:/) });
  });
});

describe('what is no such customer', () => {
  it('is refused', async () => {
    const write = (chat_id: unknown) =>
      api.request('POST', '/api/mock/simulate-message', { token, body: { chat_id, message: 'x' } });
    expect((await write('nobody')).status).toBe(400);
    expect((await write('01900000-0000-7000-8000-000000000000')).status).toBe(404);
    const path = '/api/mock/generate-chats?count=5&platform=telegram';
    expect((await api.request('POST', path, { token })).status).toBe(400);
    expect((await api.request('POST', '/api/mock/generate-chats')).status).toBe(401);
  });
});

describe('the Graph API of the mock mode', () => {
  it('stands where sends go, takes any token, and leaves other addresses alone', async () => {
    const config = loadConfig({ INSTAGRAM_MODE: 'mock', PORT: '3000' });
    expect(config.meta).toMatchObject({ isMock: true, graphBaseUrl: 'http://127.0.0.1:3000/mock/graph' });
    expect(config.meta.appSecrets).toEqual([expect.stringMatching(/^[0-9a-f]{48}$/)]);
    expect(() => loadConfig({ INSTAGRAM_MODE: 'mock', NODE_ENV: 'production' })).toThrow(/INSTAGRAM_MODE/);
    const mock = createMockGraph(config, 'secret');
    const handle = serveMockGraph(mock, (_request, response) => void response.writeHead(404).end());
    const server = createServer((request, response) => handle(request, response, () => undefined));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const post = (path: string) =>
      fetch(url + path, {
        method: 'POST',
        headers: { authorization: 'Bearer any' },
        body: JSON.stringify({ recipient: { id: 'u' }, message: { text: 'hi' } }),
      });
    expect(await (await post('/mock/graph/v25.0/me/messages')).json()).toMatchObject({ recipient_id: 'u' });
    expect(mock.sends).toMatchObject([{ text: 'hi', token: 'any' }]);
    expect((await post('/elsewhere')).status).toBe(404);
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });
});
