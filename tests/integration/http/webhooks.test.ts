import { createHmac } from 'node:crypto';
import { request as httpRequest } from 'node:http';
import { connect } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestApi, type TestApi, WEBHOOK_SECRET } from '../../support/http-api.ts';

let api: TestApi;
beforeAll(async () => {
  api = await startTestApi();
});
afterAll(() => api.stop());

const sign = (body: string) => createHmac('sha256', WEBHOOK_SECRET).update(body).digest('hex');

function message(text: string, more: object = {}): string {
  const timestamp = Math.floor(Date.now() / 1000);
  const from = { sender_id: 'customer-1', receiver_id: 'shop-1', is_admin: false };
  return JSON.stringify({ ...from, message_type: 'text', text, timestamp, ...more });
}

function post(body: string, signature: string | null = sign(body), path = '/webhook') {
  const headers = { 'content-type': 'application/json', ...(signature ? { 'x-webhook-signature': signature } : {}) };
  return api.request('POST', path, { body, headers });
}

/** Sends a body without telling its length first. Resolves to the status. */
function postInPieces(count: number, piece: string): Promise<number> {
  return new Promise((resolve, reject) => {
    const sending = httpRequest(`${api.url}/webhook`, { method: 'POST' }, (response) => {
      resolve(response.statusCode ?? 0);
      response.resume();
    });
    // The server hangs up while pieces are still on their way.
    sending.on(
      'error',
      (error: NodeJS.ErrnoException) => error.code !== 'EPIPE' && error.code !== 'ECONNRESET' && reject(error),
    );
    for (let n = 0; n < count; n++) sending.write(piece);
    sending.end();
  });
}

const MIB = 1_048_576;

/**
 * Writes a whole request before it reads a byte of the answer, as simple senders do, over a socket of its own. Resolves once the
 * connection is over, to the status and whatever went wrong.
 */
function sayRaw(
  how: 'with its length' | 'in chunks',
  { head = '', body }: { head?: string; body: string },
): Promise<{ status: number; fault: string | null }> {
  return new Promise((resolve) => {
    let said = '';
    let fault: string | null = null;
    const socket = connect(Number(new URL(api.url).port), '127.0.0.1');
    socket.pause();
    socket.on('data', (part) => {
      said += part.toString('latin1');
    });
    socket.on('error', (error: NodeJS.ErrnoException) => {
      fault = error.code ?? error.message;
    });
    socket.on('close', () => resolve({ status: Number(said.split(' ')[1] ?? 0), fault }));
    socket.write(`POST /webhook HTTP/1.1\r\nHost: x\r\nConnection: close\r\n${head}`);
    if (how === 'with its length') socket.write(`Content-Length: ${body.length}\r\n\r\n${body}`);
    else {
      socket.write('Transfer-Encoding: chunked\r\n\r\n');
      for (let at = 0; at < body.length; at += 65_536) {
        const piece = body.slice(at, at + 65_536);
        socket.write(`${piece.length.toString(16)}\r\n${piece}\r\n`);
      }
      socket.write('0\r\n\r\n');
    }
    socket.write('', () => socket.resume());
  });
}

describe('POST /webhook', () => {
  it('answers 200 only after the event is durable, and makes it a message soon after', async () => {
    const body = message('first');
    const answer = await post(body);
    expect(answer.status).toBe(200);
    expect(answer.body).toEqual({ ok: true });
    expect(await api.db.inboundDelivery.count({ where: { body } })).toBe(1);
    await expect.poll(() => api.db.message.count({ where: { text: 'first' } })).toBe(1);
  });

  it('takes the same deliveries at /webhooks/directam, with a slash or a query behind it', async () => {
    expect((await post(message('by name'), undefined, '/webhooks/directam')).status).toBe(200);
    expect((await post(message('slash'), undefined, '/webhook/?a=1')).status).toBe(200);
  });

  it.each([
    ['no signature', null],
    ['another length', 'abcd'],
    ['no hex', 'z'.repeat(64)],
    ['a prefix of another scheme', `sha1=${'a'.repeat(40)}`],
    ['the signature of other bytes', sign('{}')],
  ])('refuses %s with 401 and stores nothing', async (_what, signature) => {
    const text = `refused ${_what}`;
    const answer = await post(message(text), signature);
    expect(answer.status).toBe(401);
    expect(answer.headers.get('content-type')).toContain('application/problem+json');
    expect(await api.db.inboundDelivery.count({ where: { body: { contains: text } } })).toBe(0);
  });

  it('refuses unreadable bodies with 400 and keeps them in quarantine', async () => {
    const body = '{"sender_id": ';
    expect((await post(body)).status).toBe(400);
    expect(await api.db.inboundDelivery.count({ where: { body, state: 'quarantined' } })).toBe(1);
  });

  it('refuses a body over 1 MiB with 413, told by its length or found while reading', async () => {
    const body = message('x'.repeat(1_100_000));
    expect((await post(body)).status).toBe(413);
    expect(await postInPieces(20, 'x'.repeat(100_000))).toBe(413);
    expect(await postInPieces(3, 'x'.repeat(100_000))).toBe(401);
  });

  it.each(['with its length', 'in chunks'] as const)(
    'tells every one of sixteen senders at once that a body %s is a byte too large, and none that it is not',
    async (how) => {
      const signed = (bytes: number) => {
        const body = message('').padEnd(bytes, ' ');
        return { head: `X-Webhook-Signature: ${sign(body)}\r\n`, body };
      };
      expect(await sayRaw(how, signed(MIB))).toEqual({ status: 200, fault: null });
      for (let round = 0; round < 6; round += 1) {
        const large = round % 2 === 0 ? MIB + 1 : 3 * MIB;
        const [refused, read] = await Promise.all([
          Promise.all(Array.from({ length: 16 }, () => sayRaw(how, { body: 'x'.repeat(large) }))),
          Promise.all(Array.from({ length: 4 }, () => sayRaw(how, { body: 'x'.repeat(MIB) }))),
        ]);
        expect(refused).toEqual(refused.map(() => ({ status: 413, fault: null })));
        expect(read).toEqual(read.map(() => ({ status: 401, fault: null })));
      }
    },
  );

  it('holds no more of half-sent bodies than there is room for, and takes small ones meanwhile', async () => {
    const statuses: number[] = [];
    const sockets = Array.from({ length: 60 }, () => {
      const socket = connect(Number(new URL(api.url).port), '127.0.0.1');
      socket.on('error', () => undefined);
      socket.on('data', (data) => statuses.push(Number(String(data).split(' ')[1])));
      socket.write(`POST /webhook HTTP/1.1\r\nHost: x\r\nContent-Length: 1000000\r\n\r\n`);
      socket.write('x'.repeat(900_000));
      return socket;
    });
    // 32 MiB of one client are 36 of them.
    await expect.poll(() => statuses.length).toBeGreaterThan(20);
    expect(new Set(statuses)).toEqual(new Set([503]));
    expect(statuses.length).toBeLessThan(30);
    expect((await post(message('small beside large'))).status).toBe(200);
    for (const socket of sockets) socket.destroy();
    await expect.poll(async () => (await post(message('x'.repeat(500_000)))).status).toBe(200);
  });

  it('survives deep nesting, duplicate keys and __proto__ without a fault of its own', async () => {
    const bodies = [`${'['.repeat(10_000)}${']'.repeat(10_000)}`, '{"__proto__":{"polluted":1}}', '{"a":1,"a":2}'];
    for (const body of bodies) expect((await post(body)).status).toBeLessThan(500);
    expect(({} as { polluted?: number }).polluted).toBeUndefined();
  });

  it('stores one of fifty equal deliveries and answers all of them 200', async () => {
    const body = message('fifty', { message_id: 'mid-fifty' });
    const answers = await Promise.all(Array.from({ length: 50 }, () => post(body)));
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]));
    // Each leaves its row, and one of them the words.
    await expect.poll(() => api.db.inboundDelivery.count({ where: { body, state: 'received' } })).toBe(0);
    expect(await api.db.inboundDelivery.count({ where: { body, state: 'stored' } })).toBe(1);
    expect(await api.db.message.count({ where: { text: 'fifty' } })).toBe(1);
  });

  it('takes no other method, and leaves other addresses to the rest of the app', async () => {
    const put = await api.request('PUT', '/webhook');
    expect([put.status, put.headers.get('allow')]).toEqual([405, 'POST, GET']);
    expect((await api.request('GET', '/webhook/more')).status).toBe(404);
  });
});

describe('webhooks of Meta', () => {
  const PATHS = ['/webhook', '/webhooks/meta', '/v1/webhook', '/api/webhooks/instagram', '/core/webhook/instagram/'];
  const ACCOUNT = '17841480045769607';
  let meta: TestApi;
  beforeAll(async () => {
    // By the other spellings of the variables.
    meta = await startTestApi({
      FACEBOOK_APP_SECRET: 'app-secret',
      FB_VERIFY_TOKEN: 'agreed',
      PAGE_ACCESS_TOKEN: 'EAAtoken',
    });
  });
  afterAll(() => meta.stop());

  const said = (mid: string, text: string, account = ACCOUNT, more: object = {}) => ({
    object: 'instagram',
    entry: [
      {
        id: account,
        time: Date.now(),
        messaging: [
          { sender: { id: 'u-1' }, recipient: { id: account }, timestamp: Date.now(), message: { mid, text }, ...more },
        ],
      },
    ],
  });
  const tell = (body: unknown, path = '/webhooks/meta', secret = 'app-secret') => {
    const raw = typeof body === 'string' ? body : JSON.stringify(body);
    const signature = `sha256=${createHmac('sha256', secret).update(raw).digest('hex')}`;
    return meta.request('POST', path, { body: raw, headers: { 'x-hub-signature-256': signature } });
  };
  const sorted = () => expect.poll(() => meta.db.inboundDelivery.count({ where: { state: 'received' } })).toBe(0);

  it.each(PATHS)('are proven and taken at %s, and refused from strangers', async (path) => {
    const ask = (word: string, rest = 'hub.challenge=test-challenge') =>
      meta.request('GET', `${path}?hub.mode=subscribe&hub.verify_token=${word}&${rest}`);
    const proven = await ask('agreed');
    expect([proven.status, proven.text, proven.headers.get('x-content-type-options')]).toEqual([
      200,
      'test-challenge',
      'nosniff',
    ]);
    expect(proven.headers.get('content-type')).toMatch('text/plain');
    expect((await ask('guess')).status).toBe(403);
    expect((await meta.request('GET', path)).status).toBe(403);
    expect((await ask('agreed', 'hub.challenge=1&hub.challenge=2')).status).toBe(400);
    expect((await tell(said(`m-${path}`, path), path)).status).toBe(200);
    expect((await tell(said('forged', 'x'), path, 'guess')).status).toBe(401);
    await sorted();
    expect(await meta.db.message.count({ where: { text: path } })).toBe(1);
  });

  it('make the account of the variables with its first message, and quarantine what is for another', async () => {
    expect((await tell(said('m-of-another', 'hello', '999'))).status).toBe(200);
    await sorted();
    const accounts = await meta.db.account.findMany({ where: { channel: 'instagram' } });
    expect(accounts.map(({ externalId, businessId }) => [externalId, businessId])).toEqual([
      [ACCOUNT, meta.businessId],
    ]);
    expect(await meta.db.inboundDelivery.findFirst({ where: { accountExternalId: '999' } })).toMatchObject({
      state: 'quarantined',
      reason: 'unknown_account',
    });
  });

  it('are stored once each, whatever they hold, in batches as well', async () => {
    const [entry] = said('m-batch', 'batch').entry;
    const messaging = Array.from({ length: 1000 }, (_, n) => ({
      sender: { id: `u-${n % 50}` },
      recipient: { id: ACCOUNT },
      timestamp: Date.now(),
      message: { mid: `batch-${n % 900}`, text: 'batch' },
    }));
    expect((await tell({ object: 'instagram', entry: [{ ...entry, messaging }] })).status).toBe(200);
    await sorted();
    expect(await meta.db.message.count({ where: { text: 'batch' } })).toBe(900);

    const before = await meta.db.message.count();
    const strange = [
      {
        object: 'instagram',
        entry: [{ id: ACCOUNT, time: 1, changes: [{ field: 'comments', value: { id: 'c', text: 'x' } }] }],
      },
      {
        object: 'instagram',
        entry: [{ id: ACCOUNT, time: 1, messaging: [{ message_edit: { mid: 'm', num_edit: 0 } }] }],
      },
      {
        object: 'instagram',
        entry: [{ id: '0', time: 1, changes: [{ field: 'messages', value: { sender: { id: '1' } } }] }],
      },
      { object: 'whatsapp_business_account', entry: [{ id: '1', changes: [{ field: 'messages', value: {} }] }] },
      { object: 'instagram', entry: 'none' },
      {},
    ];
    for (const body of strange) expect((await tell(body)).status).toBe(200);
    expect((await tell('{"object":')).status).toBe(400);
    await sorted();
    expect(await meta.db.message.count()).toBe(before);
  });

  it('change what was said, and take it back everywhere', async () => {
    const change = (item: object) => said('', '', ACCOUNT, { message: undefined, ...item });
    await tell(said('m-changed', 'first words'));
    await tell(change({ message_edit: { mid: 'm-changed', text: 'second words', num_edit: 1 } }));
    await tell(change({ reaction: { mid: 'm-changed', action: 'react', reaction: 'love' } }));
    await tell(said('m-gone', 'a secret'));
    await tell(change({ message: { mid: 'm-gone', is_deleted: true } }));
    await sorted();
    const messageOf = (externalId: string) => meta.db.message.findFirstOrThrow({ where: { externalId } });
    expect(await messageOf('m-changed')).toMatchObject({
      text: 'second words',
      reaction: '❤️',
    });
    expect(await messageOf('m-gone')).toMatchObject({ text: '', unsentAt: expect.any(Date) });
  });
});

describe('a storage that fails', () => {
  it('is a 503 with Retry-After, never a 200', async () => {
    const fail = () => Promise.reject(new Error('disk full at /secret/path'));
    const broken = await startTestApi({}, { inbox: { accept: fail, ingest: fail } });
    const body = message('lost?');
    const headers = { 'x-webhook-signature': sign(body) };
    const answer = await broken.request('POST', '/webhook', { body, headers });
    expect(answer.status).toBe(503);
    expect(answer.headers.get('retry-after')).toBe('5');
    expect(answer.text).not.toContain('secret');
    await broken.stop();
  });
});
