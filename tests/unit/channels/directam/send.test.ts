import { type AddressInfo, createServer, type Socket } from 'node:net';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { readDirectamConfig } from '../../../../src/channels/directam/config.ts';
import { createDirectamChannel } from '../../../../src/channels/directam/index.ts';
import type { DirectamSettings } from '../../../../src/channels/directam/settings.ts';
import {
  ChannelOutcomeUnknownError,
  ChannelRejectedError,
  ChannelUnavailableError,
  PeykError,
} from '../../../../src/platform/errors.ts';
import type { OutboundContent } from '../../../../src/text/message.ts';
import { type DirectamBehaviour, type FakeDirectam, startFakeDirectam } from '../../../support/fake-directam.ts';

const KEY = 'key-never-to-be-shown';
const WORDS = 'words of a customer';
let gateway: FakeDirectam;

beforeAll(async () => {
  gateway = await startFakeDirectam({ slowMs: 50, retryAfterSeconds: 3 });
});
afterAll(() => gateway.close());
beforeEach(() => {
  gateway.received.length = 0;
  gateway.behave('ok');
});

function send(content: OutboundContent, change: Partial<DirectamSettings> = {}, signal?: AbortSignal) {
  const settings = { baseUrl: gateway.url, apiKey: KEY, webhookSecret: null, timeoutMs: 1000, ...change };
  const { credentials } = readDirectamConfig(settings);
  const ids = { accountExternalId: '987654', contactExternalId: '123456', intentId: 'intent-1' };
  const request = { ...ids, content, credentials };
  return createDirectamChannel(settings).send(signal ? { ...request, signal } : request);
}
const sendText = (change: Partial<DirectamSettings> = {}, signal?: AbortSignal) =>
  send({ kind: 'text', text: WORDS }, change, signal);

async function failureOf(
  sending: Promise<unknown>,
): Promise<PeykError & { reason?: string; retryAfterMs?: number | null }> {
  const failure = await sending.then(
    () => null,
    (error: unknown) => error,
  );
  if (!(failure instanceof PeykError)) throw new Error(`Expected one of our errors, got ${String(failure)}`);
  return failure;
}

const buttons = [
  { type: 'web_url' as const, title: 'Site', url: 'https://shop.example/' },
  { type: 'postback' as const, title: 'Buy', payload: 'BUY' },
];

describe('createDirectamChannel().send: requests', () => {
  it.each<[string, OutboundContent, Record<string, unknown>]>([
    ['/send/text', { kind: 'text', text: 'سلام' }, { text: 'سلام' }],
    [
      '/send/photo',
      { kind: 'image', url: 'https://c.example/a' },
      { image_url: 'https://c.example/a', url_image: 'https://c.example/a' },
    ],
    [
      '/send/video',
      { kind: 'video', url: 'https://c.example/a' },
      { video_url: 'https://c.example/a', url_video: 'https://c.example/a' },
    ],
    [
      '/send/audio',
      { kind: 'audio', url: 'https://c.example/a' },
      { audio_url: 'https://c.example/a', url_audio: 'https://c.example/a' },
    ],
    ['/send/button-text', { kind: 'buttons', text: 'Choose', buttons }, { text: 'Choose', buttons }],
    [
      '/send/quick-reply',
      { kind: 'quick_replies', text: 'Which?', quickReplies: [{ title: 'Red', payload: 'RED' }] },
      { text: 'Which?', quick_replies: [{ title: 'Red', payload: 'RED' }] },
    ],
    [
      '/send/generic-template',
      {
        kind: 'cards',
        cards: [
          { title: 'Bag', subtitle: 'Red', imageUrl: 'https://c.example/b', buttons },
          { title: 'Hat', subtitle: 'Blue' },
        ],
      },
      {
        elements: [
          { title: 'Bag', subtitle: 'Red', image_url: 'https://c.example/b', buttons },
          { title: 'Hat', subtitle: 'Blue', buttons: [] },
        ],
      },
    ],
  ])('posts to %s with the receiver under both names', async (path, content, body) => {
    await send(content);
    expect(gateway.received).toHaveLength(1);
    expect(gateway.received[0]).toMatchObject({ path, basePath: '/webservice' });
    expect(gateway.received[0]?.body).toEqual({
      receiver_id: '123456',
      id_receiver: '123456',
      api_token: KEY,
      ...body,
    });
  });

  it('shows the key in every place the gateway may look', async () => {
    await sendText();
    const { headers, query, body } = gateway.received[0]!;
    expect(headers).toMatchObject({
      'api-key': KEY,
      api_token: KEY,
      'api-token': KEY,
      'x-api-key': KEY,
      'x-api-token': KEY,
      authorization: `Bearer ${KEY}`,
    });
    expect(query).toEqual({ api_token: KEY });
    expect(body.api_token).toBe(KEY);
  });

  it('shows the key only where it is told to', async () => {
    await sendText({ authPlacement: ['body'] });
    const { headers, query, body } = gateway.received[0]!;
    expect(JSON.stringify([headers, query])).not.toContain(KEY);
    expect(body.api_token).toBe(KEY);
  });

  it('shows no key when there is none, and puts the prefix before the path', async () => {
    await sendText({ apiKey: null, sendPrefix: 'v2' });
    const { headers, query, body, basePath } = gateway.received[0]!;
    expect(JSON.stringify([headers, query, body])).not.toMatch(/key|token|authorization/);
    expect(basePath).toBe('/webservice/v2');
  });
});

describe('createDirectamChannel().send: answers', () => {
  it('returns the id where the gateway gives one', async () => {
    expect(await sendText()).toEqual({ externalId: null, httpStatus: 200 });
    gateway.behave('ok-with-id');
    expect(await sendText()).toEqual({ externalId: 'dm-2', httpStatus: 200 });
    gateway.behave('slow');
    expect(await sendText()).toEqual({ externalId: null, httpStatus: 200 });
  });

  it.each<[DirectamBehaviour, string]>([
    ['success-false', 'refused'],
    ['bad-request', 'refused'],
    ['invalid-endpoint', 'not_whitelisted'],
    ['unauthorized', 'bad_api_key'],
    ['method-not-allowed', 'wrong_base_url'],
    ['not-found', 'wrong_base_url'],
    ['redirect', 'wrong_base_url'],
  ])('takes %s as a rejection (%s)', async (behaviour, reason) => {
    gateway.behave(behaviour);
    const failure = await failureOf(sendText());
    expect(failure).toBeInstanceOf(ChannelRejectedError);
    expect(failure.reason).toBe(reason);
    expect(gateway.received).toHaveLength(1);
  });

  it.each<DirectamBehaviour>(['rate-limited', 'busy'])(
    'takes %s as not processed, and obeys its time',
    async (behaviour) => {
      gateway.behave(behaviour);
      const failure = await failureOf(sendText());
      expect(failure).toBeInstanceOf(ChannelUnavailableError);
      expect(failure.retryAfterMs).toBe(3000);
    },
  );

  it.each<[DirectamBehaviour, string]>([
    ['success-missing', 'unreadable_answer'],
    ['not-json', 'unreadable_answer'],
    ['server-error', 'server_error'],
    ['unavailable', 'server_error'],
    ['accept-and-drop', 'connection_lost'],
    ['drop-before-read', 'connection_lost'],
    ['hang', 'timeout'],
  ])('takes %s as an unknown outcome (%s), after one request', async (behaviour, reason) => {
    gateway.behave(behaviour);
    const before = gateway.requestCount();
    const failure = await failureOf(sendText({ timeoutMs: 300 }));
    expect(failure).toBeInstanceOf(ChannelOutcomeUnknownError);
    expect(failure.reason).toBe(reason);
    expect(gateway.requestCount()).toBe(before + 1);
  });

  it.each<DirectamBehaviour>([
    'success-false',
    'bad-request',
    'unauthorized',
    'server-error',
    'accept-and-drop',
    'rate-limited',
  ])('names neither the key nor the text when it fails with %s', async (behaviour) => {
    gateway.behave(behaviour);
    const failure = await failureOf(sendText());
    expect(`${failure.stack} ${JSON.stringify(failure)}`).not.toMatch(new RegExp(`${KEY}|${WORDS}|api_token`));
  });
});

describe('createDirectamChannel().send: no answer', () => {
  it('takes a refused connection as not processed', async () => {
    const closed = createServer();
    await new Promise<void>((resolve) => closed.listen(0, '127.0.0.1', resolve));
    const { port } = closed.address() as AddressInfo;
    await new Promise((resolve) => closed.close(resolve));
    expect(await failureOf(sendText({ baseUrl: `http://127.0.0.1:${port}` }))).toBeInstanceOf(ChannelUnavailableError);
  });

  it('takes a name that does not resolve and a failed TLS handshake as not processed', async () => {
    expect(await failureOf(sendText({ baseUrl: 'http://nowhere.invalid' }))).toBeInstanceOf(ChannelUnavailableError);
    const overTls = gateway.url.replace('http:', 'https:');
    expect(await failureOf(sendText({ baseUrl: overTls }))).toBeInstanceOf(ChannelUnavailableError);
  });

  it('takes a TLS handshake that never ends as not processed', async () => {
    const opened: Socket[] = [];
    const silent = createServer((socket) => opened.push(socket));
    await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve));
    const { port } = silent.address() as AddressInfo;
    const failure = await failureOf(sendText({ baseUrl: `https://127.0.0.1:${port}`, timeoutMs: 200 }));
    expect(failure).toBeInstanceOf(ChannelUnavailableError);
    expect(failure.message).toContain('timeout');
    for (const socket of opened) socket.destroy();
    silent.close();
  });

  it('takes a cancellation before the request as not processed, and one during it as unknown', async () => {
    expect(await failureOf(sendText({}, AbortSignal.abort()))).toBeInstanceOf(ChannelUnavailableError);
    expect(gateway.received).toHaveLength(0);
    gateway.behave('hang');
    const cancel = new AbortController();
    const sending = failureOf(sendText({}, cancel.signal));
    await gateway.waitFor(1);
    cancel.abort();
    expect(await sending).toBeInstanceOf(ChannelOutcomeUnknownError);
  });

  it('rejects without a request when sending is off or the media address is none', async () => {
    expect(await failureOf(sendText({ baseUrl: null }))).toMatchObject({ reason: 'not_configured' });
    const script = await failureOf(send({ kind: 'image', url: 'javascript:alert(1)' }));
    expect(script).toMatchObject({ reason: 'invalid_media_url' });
    expect(gateway.received).toHaveLength(0);
  });
});
