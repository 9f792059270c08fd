import { createHmac } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe } from 'vitest';
import { createInstagramChannel, createMessengerChannel } from '../../src/channels/meta/index.ts';
import { createGraphServer, type GraphMood } from '../../src/channels/meta/mock/graph-server.ts';
import type { MetaSettings } from '../../src/channels/meta/settings.ts';
import type { MessageChange } from '../../src/text/message.ts';
import {
  CONTRACT_ACCOUNT,
  CONTRACT_CUSTOMER,
  describeChannel,
  type ProviderFake,
  type ProviderMood,
} from './channel-contract.ts';

const SECRET = 'app-secret-of-the-account';
const settings: MetaSettings = {
  graphBaseUrl: 'http://127.0.0.1:1',
  instagramGraphBaseUrl: 'http://127.0.0.1:1',
  apiVersion: 'v25.0',
  appSecrets: [],
  verifyToken: 'agreed',
  pageId: null,
  pageAccessToken: null,
};

const MOOD_OF: Record<ProviderMood, GraphMood> = {
  accepts: { kind: 'ok' },
  refuses: { kind: 'error', code: 100, subcode: 2534015 },
  'is-throttling': { kind: 'error', code: 613 },
  fails: { kind: 'error', status: 500, code: 2, isTransient: true },
  'drops-the-connection': { kind: 'accept-and-drop' },
  'talks-nonsense': { kind: 'page', status: 200 },
  hangs: { kind: 'hang' },
};

const ask = (word: string) => ({
  rawBody: Buffer.alloc(0),
  headers: {},
  receivedAtMs: 0,
  url: `/webhooks/meta?hub.mode=subscribe&hub.verify_token=${word}&hub.challenge=1158201444`,
});

describe.each([
  ['instagram', 'instagram', createInstagramChannel],
  ['messenger', 'page', createMessengerChannel],
] as const)('%s', (name, object, create) => {
  const body = (item: object) =>
    Buffer.from(
      JSON.stringify({ object, entry: [{ id: CONTRACT_ACCOUNT, time: 1_795_255_200_000, messaging: [item] }] }),
    );
  const parties = { sender: { id: CONTRACT_CUSTOMER }, recipient: { id: CONTRACT_ACCOUNT } };

  async function startProvider(): Promise<ProviderFake> {
    const graph = createGraphServer();
    const server = createServer(graph.handle);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const at = { ...settings, graphBaseUrl: url, instagramGraphBaseUrl: url };
    return {
      connect: (accessToken, timeoutMs) => ({ channel: create({ ...at, timeoutMs }), credentials: { accessToken } }),
      connectToNobody: () => ({ channel: create(settings), credentials: { accessToken: 'token' } }),
      become: (mood) => graph.behave(MOOD_OF[mood]),
      requestCount: () => graph.requestCount(),
      close: async () => {
        server.closeAllConnections();
        await new Promise((resolve) => server.close(resolve));
      },
    };
  }

  describeChannel(name, {
    channel: create(settings),
    credentials: [
      { accessToken: 'a', appSecret: 'another-secret' },
      { accessToken: 'b', appSecret: SECRET },
    ],
    filledForm: { accessToken: 'token', pageId: '1234', appSecret: SECRET },
    webhook: ({ text, number }) =>
      body({
        ...parties,
        timestamp: 1_795_255_200_000 - (number ?? 0),
        message: { ...(number === null ? {} : { mid: `m_${number}` }), text },
      }),
    sign: (rawBody) => ({
      'x-hub-signature-256': `sha256=${createHmac('sha256', SECRET).update(rawBody).digest('hex')}`,
    }),
    changeWebhook: (change, atMs) => body({ ...parties, timestamp: atMs, ...itemOf(change, atMs) }),
    ...(name === 'instagram' ? { challenge: { right: ask('agreed'), wrong: ask('guess'), answer: '1158201444' } } : {}),
    isInternal: false,
    startProvider,
  });
});

function itemOf(change: MessageChange, atMs: number): object {
  const mid = change.externalId;
  switch (change.kind) {
    case 'reaction':
      return change.emoji === null
        ? { reaction: { mid, action: 'unreact' } }
        : { reaction: { mid, action: 'react', reaction: 'love', emoji: change.emoji } };
    case 'edit':
      return { message_edit: { mid, text: change.text, num_edit: 1 + (Math.floor(atMs / 1000) % 1000) } };
    case 'unsend':
      return { message: { mid, is_deleted: true } };
  }
}
