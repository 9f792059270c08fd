import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import pg from 'pg';
import { pino } from 'pino';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { hashToken } from '../../../src/platform/auth/tokens.ts';
import { createLiveServer, type LiveServer } from '../../../src/platform/live/live-server.ts';
import { readBacklog } from '../../../src/platform/live/live-store.ts';
import { startTestApi, type TestApi } from '../../support/http-api.ts';
import { buildRows, type Rows } from '../../support/http-rows.ts';

let api: TestApi;
let token: string;
let ours: Rows;
let theirs: Rows;
let shop: Door;
beforeAll(async () => {
  api = await startTestApi();
  token = await api.login();
  ours = await buildRows(api.db, 'ours', api.businessId);
  theirs = await buildRows(api.db, 'theirs');
  shop = await openDoor();
});
afterAll(async () => {
  await shop.close();
  await api.stop();
});

interface Door {
  url: string;
  live: LiveServer;
  close(): Promise<void>;
}
interface Heard {
  id?: string;
  type: string;
  resource?: string;
  resourceId?: string;
  lastId?: string;
}
interface Reader {
  heard: Heard[];
  socket: WebSocket;
  closed: Promise<number>;
  /** What is told of changes of this resource. */
  of(resource: string): string[];
}

/** The feed of one API process: several may run over one database. */
async function openDoor(port = 0, heartbeatMs = 60_000): Promise<Door> {
  const live = createLiveServer({
    db: api.db,
    databaseUrl: api.databaseUrl,
    publicBaseUrl: 'https://shop.example',
    uiOrigins: ['https://panel.example'],
    logger: pino({ level: 'silent' }),
    heartbeatMs,
  });
  const server: Server = createServer();
  live.attach(server);
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  return {
    url: `ws://127.0.0.1:${(server.address() as AddressInfo).port}`,
    live,
    close: async () => {
      await live.stop();
      server.close();
      server.closeAllConnections();
    },
  };
}

const readers: Reader[] = [];
afterEach(() => {
  for (const { socket } of readers.splice(0)) socket.terminate();
});

async function getTicket(): Promise<string> {
  const { status, body } = await api.request<{ ticket: string }>('POST', '/api/live/ticket', { token, body: {} });
  expect(status).toBe(201);
  return body.ticket;
}

/** A ticket as the API would give it to that holder. */
async function addTicket(ticket: string, holder: string): Promise<string> {
  const expiresAt = new Date(Date.now() + 60_000);
  const data = { tokenHash: hashToken(ticket), businessId: api.businessId, holder, expiresAt };
  await api.db.liveTicket.create({ data });
  return ticket;
}

function open(door: Door, ticket: string, after = '', origin?: string): Reader {
  const socket = new WebSocket(`${door.url}/ws?ticket=${ticket}${after}`, origin ? { origin } : {});
  const heard: Heard[] = [];
  socket.on('message', (data) => heard.push(JSON.parse(String(data)) as Heard));
  socket.on('error', () => undefined);
  const closed = new Promise<number>((resolve) => {
    socket.on('close', resolve);
    socket.on('unexpected-response', (_, response) => resolve(response.statusCode ?? 0));
  });
  const of = (resource: string) => heard.filter((one) => one.resource === resource).map((one) => one.resourceId ?? '');
  const reader = { heard, socket, closed, of };
  readers.push(reader);
  return reader;
}

const soon = (check: () => unknown) => expect.poll(check);

async function listen(door: Door, after = ''): Promise<Reader> {
  const reader = open(door, await getTicket(), after);
  await soon(() => reader.heard[0]?.type).toBe('hello');
  return reader;
}

const addNote = async ({ businessId, conversationId }: Rows, text: string): Promise<string> =>
  (await api.db.note.create({ data: { businessId, conversationId, text } })).id;

describe('a connection', () => {
  /** Of somebody new, with the word by which they were let in. */
  async function listenAs(ticketOf: { token?: string; apiKey?: string }): Promise<Reader> {
    const { body } = await api.request<{ ticket: string }>('POST', '/api/live/ticket', { ...ticketOf, body: {} });
    const reader = open(shop, body.ticket);
    await soon(() => reader.heard[0]?.type).toBe('hello');
    return reader;
  }
  let count = 0;
  async function hire(): Promise<{ id: string; token: string }> {
    const body = { username: `listener-${++count}`, password: 'long-enough-1' };
    const made = await api.request<{ id: string }>('POST', '/api/users', { token, body });
    return { id: made.body.id, token: await api.login(body.username, body.password) };
  }
  const makeKey = async (by: string) =>
    (
      await api.request<{ id: string; key: string }>('POST', '/api/api-keys', {
        token: by,
        body: { name: 'listener', scopes: ['view-conversations'] },
      })
    ).body;

  it('ends at once with the login, the person and the key behind it, and no other does', async () => {
    const [leaver, fired, colleague] = [await hire(), await hire(), await hire()];
    const key = await makeKey(token);
    const readers = [
      await listenAs({ token: leaver.token }),
      await listenAs({ token: fired.token }),
      await listenAs({ apiKey: key.key }),
    ] as const;
    const stays = await listenAs({ token: colleague.token });
    await api.request('POST', '/auth/logout', { token: leaver.token });
    expect(await readers[0].closed).toBe(4003);
    await api.request('PATCH', `/api/users/${fired.id}`, { token, body: { active: false } });
    expect(await readers[1].closed).toBe(4003);
    await api.request('POST', `/api/api-keys/${key.id}/revoke`, { token, body: {} });
    expect(await readers[2].closed).toBe(4003);
    expect(stays.socket.readyState).toBe(WebSocket.OPEN);
  });
});

describe('/ws', () => {
  it('tells a change of the business at once, and nothing of another', async () => {
    const reader = await listen(shop);
    await addNote(theirs, 'not for you');
    const id = await addNote(ours, 'for you');
    await soon(() => reader.of('notes')).toEqual([id]);
    expect(reader.heard.at(-1)).toMatchObject({ type: 'notes.created', id: expect.stringMatching(/^\d+$/) });
  });

  it('tells of every kind of row that the panel shows, whoever writes it', async () => {
    const reader = await listen(shop);
    const { businessId, conversationId } = ours;
    await api.db.message.create({
      data: { businessId, conversationId, direction: 'in', author: 'customer', text: 'x', sentAt: new Date() },
    });
    await api.db.conversation.update({ where: { id: conversationId }, data: { mode: 'human' } });
    await api.db.outboundMessage.update({ where: { id: ours.outboundId }, data: { state: 'sending' } });
    await api.db.ticket.update({ where: { id: ours.ticketId }, data: { note: 'x' } });
    await api.db.timer.update({ where: { id: ours.timerId }, data: { reason: 'x' } });
    await api.db.followUp.update({ where: { id: ours.followUpId }, data: { reason: 'x' } });
    await api.db.contact.update({ where: { id: ours.contactId }, data: { name: 'New name' } });
    await api.db.conversationLabel.deleteMany({ where: { conversationId } });
    const expected = ['messages', 'conversations', 'outbound-messages', 'tickets', 'timers', 'followups', 'contacts'];
    await soon(() => expected.filter((resource) => reader.of(resource).length === 0)).toEqual([]);
  });

  it('resumes behind the last event that was seen, also in another process', async () => {
    const first = await listen(shop);
    const seen = await addNote(ours, 'seen');
    await soon(() => first.of('notes')).toEqual([seen]);
    const after = first.heard.at(-1)?.id;
    first.socket.terminate();
    const missed = [await addNote(ours, 'missed 1'), await addNote(ours, 'missed 2')];
    await addNote(theirs, 'not for you');
    const other = await openDoor();
    const again = await listen(other, `&after=${after}`);
    await soon(() => again.of('notes').slice(-2)).toEqual(missed);
    const live = await addNote(ours, 'after that');
    await soon(() => again.of('notes').at(-1)).toBe(live);
    expect(again.of('notes').filter((id) => id === live)).toHaveLength(1);
    expect(again.heard.some(({ type }) => type === 'resync')).toBe(false);
    await other.close();
  });

  it('goes on after a restart of the API on the same port', async () => {
    const door = await openDoor();
    const port = Number(new URL(door.url).port);
    const reader = await listen(door);
    const after = reader.heard[0]?.lastId;
    await door.close();
    expect(await reader.closed).toBe(1012);
    const missed = await addNote(ours, 'while it was away');
    const restarted = await openDoor(port);
    const again = await listen(restarted, `&after=${after}`);
    await soon(() => again.of('notes')).toContain(missed);
    await restarted.close();
  });

  it('tells a row that was numbered early and committed late', async () => {
    const reader = await listen(shop);
    const slow = new pg.Client({ connectionString: api.databaseUrl });
    await slow.connect();
    await slow.query('BEGIN');
    const insert = 'INSERT INTO notes (business_id, conversation_id, text) VALUES ($1, $2, $3) RETURNING id';
    const { rows } = await slow.query<{ id: string }>(insert, [ours.businessId, ours.conversationId, 'late']);
    const lateId = rows[0]?.id as string;
    const early = await addNote(ours, 'early');
    await soon(() => reader.of('notes')).toEqual([early]);
    const after = reader.heard.at(-1)?.id as string;
    await slow.query('COMMIT');
    await slow.end();
    await soon(() => reader.of('notes')).toEqual([early, lateId]);
    expect(BigInt(reader.heard.at(-1)?.id as string)).toBeLessThan(BigInt(after));
    // Who had left before the commit, and resumes behind the later number, hears of it as well.
    const again = await listen(shop, `&after=${after}`);
    await soon(() => again.of('notes')).toContain(lateId);
  });

  it('asks to read anew when the number is older than what is kept, or from another database', async () => {
    const kept = await api.db.liveEvent.findMany({ orderBy: { id: 'asc' }, take: 5 });
    await api.db.liveEvent.deleteMany({ where: { id: { in: kept.map(({ id }) => id) } } });
    const old = await listen(shop, `&after=${kept[0]?.id}`);
    await soon(() => old.heard.map(({ type }) => type)).toEqual(['hello', 'resync']);
    const future = await listen(shop, '&after=999999999');
    await soon(() => future.heard.map(({ type }) => type)).toEqual(['hello', 'resync']);
    expect(await readBacklog(api.db, ours.businessId, 999_999_999n)).toBeNull();
  });

  it('takes a ticket once', async () => {
    const ticket = await getTicket();
    const first = open(shop, ticket);
    await soon(() => first.heard[0]?.type).toBe('hello');
    expect(await open(shop, ticket).closed).toBe(401);
  });

  it('refuses a ticket that is over, none at all, and a number that is none', async () => {
    const ticket = await getTicket();
    const where = { tokenHash: hashToken(ticket) };
    await api.db.liveTicket.update({ where, data: { expiresAt: new Date(Date.now() - 1) } });
    expect(await open(shop, ticket).closed).toBe(401);
    expect(await open(shop, '').closed).toBe(401);
    expect(await open(shop, await getTicket(), '&after=1%3B--').closed).toBe(400);
  });

  it('takes pages of its own host, of the public address and of named origins, and of no other', async () => {
    for (const origin of [shop.url.replace('ws:', 'http:'), 'https://shop.example', 'https://panel.example']) {
      const reader = open(shop, await getTicket(), '', origin);
      await soon(() => reader.heard[0]?.type).toBe('hello');
    }
    const ticket = await getTicket();
    expect(await open(shop, ticket, '', 'https://evil.example').closed).toBe(403);
    expect(await open(shop, ticket, '', 'null').closed).toBe(403);
  });

  it('sends a word from time to time, and drops who does not answer', async () => {
    const door = await openDoor(0, 50);
    const reader = await listen(door);
    await soon(() => reader.heard.filter(({ type }) => type === 'heartbeat').length).toBeGreaterThan(2);
    const deaf = new WebSocket(`${door.url}/ws?ticket=${await getTicket()}`, { autoPong: false });
    const closed = new Promise((resolve) => deaf.on('close', resolve));
    deaf.on('error', () => undefined);
    await closed;
    expect(reader.socket.readyState).toBe(WebSocket.OPEN);
    await door.close();
  });

  it('closes on a frame that is larger than anything it reads, with the code that says so', async () => {
    const reader = await listen(shop);
    reader.socket.send('x'.repeat(1_048_576));
    expect(await reader.closed).toBe(1009);
    expect((await listen(shop)).socket.readyState).toBe(WebSocket.OPEN);
  });

  it('lets one holder keep fifty connections, asked for at once, and still takes the others', async () => {
    const door = await openDoor();
    const ask = async (name: string) => open(door, await addTicket(name, ours.userId));
    const asked = await Promise.all(Array.from({ length: 60 }, (_, index) => ask(`one-${index}`)));
    const refused: number[] = [];
    for (const { closed } of asked) void closed.then((status) => refused.push(status));
    const welcomed = () => asked.filter(({ heard }) => heard[0]?.type === 'hello');
    await soon(() => [welcomed().length, refused]).toEqual([50, Array(10).fill(429)]);
    await listen(door);
    welcomed()[0]?.socket.terminate();
    const statusOf = async (name: string) => {
      const { socket, closed } = await ask(name);
      return Promise.race([closed, new Promise((resolve) => socket.once('open', () => resolve('open')))]);
    };
    let turn = 0;
    await soon(() => statusOf(`late-${++turn}`)).toBe('open');
    expect(await statusOf('one-more')).toBe(429);
    await door.close();
  });

  it('goes on when its connection to the database is cut', async () => {
    const reader = await listen(shop);
    await api.db.$executeRaw`
      SELECT pg_terminate_backend(pid) FROM pg_stat_activity
      WHERE application_name = 'peyk-live' AND datname = current_database()`;
    const id = await addNote(ours, 'after the cut');
    await soon(() => reader.of('notes')).toContain(id);
  });

  it('keeps a connection to the database only while somebody listens', async () => {
    const door = await openDoor();
    const awake = async () => {
      const [row] = await api.db.$queryRaw<{ count: bigint }[]>`
        SELECT count(*) FROM pg_stat_activity WHERE application_name = 'peyk-live' AND datname = current_database()`;
      return Number(row?.count);
    };
    await soon(awake).toBe(0);
    const [first, second] = [await listen(door), await listen(door)];
    await soon(awake).toBe(1);
    first.socket.terminate();
    const stays = await addNote(ours, 'for who stays');
    await soon(() => second.of('notes')).toEqual([stays]);
    expect(await awake()).toBe(1);
    second.socket.terminate();
    await soon(awake).toBe(0);
    const again = await listen(door);
    const id = await addNote(ours, 'for who came back');
    await soon(() => again.of('notes')).toEqual([id]);
    await door.close();
  });
});

describe('POST /api/live/ticket', () => {
  it('keeps only a hash, and forgets tickets that are over', async () => {
    const old = await getTicket();
    await api.db.liveTicket.update({
      where: { tokenHash: hashToken(old) },
      data: { expiresAt: new Date(Date.now() - 1) },
    });
    const ticket = await getTicket();
    const stored = await api.db.liveTicket.findMany();
    expect(stored.map(({ tokenHash }) => tokenHash)).toContain(hashToken(ticket));
    expect(JSON.stringify(stored)).not.toContain(ticket);
    expect(stored.map(({ tokenHash }) => tokenHash)).not.toContain(hashToken(old));
  });
});
