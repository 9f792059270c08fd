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
    const read = await api.request('GET', '/webhook');
    expect([read.status, read.headers.get('allow')]).toEqual([405, 'POST']);
    expect((await api.request('GET', '/webhook/more')).status).toBe(404);
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
