import { setTimeout as sleep } from 'node:timers/promises';
import { Client, Connection } from '@temporalio/client';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CONVERSATIONS_QUEUE, CORE_VERSION, queueOfCore } from '../../src/conversations/core/version.ts';
import { makeChangedRelease } from '../support/changed-release.ts';
import { conversationsOf, STATES, stateOf } from '../support/conversation-states.ts';
import { buildSaid, type Said, startTraffic } from '../support/customer-traffic.ts';
import { audit, untilSettled } from '../support/message-audit.ts';
import { type Part, type ProcessWorld, startProcessWorld } from '../support/process-world.ts';

/**
 * Conversations in every state live through releases whose core is another, while customers write: by a stop and a start on
 * one machine, side by side in a cluster, and back again. Afterwards each has answered what came, once, and what a person
 * had set up is as it was.
 */
const OPEN = 200;
const PER_SECOND = 40;
const customers = Array.from({ length: OPEN }, (_, index) => `release-${index}`);
const stateNameOf = (customer: string) => stateOf(Number(customer.split('-')[1]));
/** Whom the bot answers; the others are in a person's hands. */
const ofBot = customers.filter((customer) => !['taken-over', 'written-to'].includes(stateNameOf(customer)));

let world: ProcessWorld;
let connection: Connection;
let client: Client;
let changed: string;
let round = 0;
/** The worker of the changed release that runs beside ours. */
let beside: Part | undefined;

beforeAll(async () => {
  world = await startProcessWorld();
  connection = await Connection.connect({ address: world.temporalAddress });
  client = new Client({ connection });
  changed = makeChangedRelease(world.folder, { saysSo: true });
});
afterAll(async () => {
  await connection?.close();
  await world?.close();
});

/** Every customer whom the bot answers writes once, at a steady rate; the others write as well, and wait. */
function writeAll(): { said: Said[]; done: Promise<Said[]>; acknowledged(): number } {
  round += 1;
  const said = customers.map((customer) => buildSaid(customer, round, `ساعت کاری شما چیه؟ (${round})`));
  return { said, ...startTraffic([world.apiUrl], said, PER_SECOND) };
}

async function expectAnswered(said: readonly Said[]): Promise<void> {
  const answered = said.filter(({ customer }) => ofBot.includes(customer));
  await untilSettled(world, answered, 120_000);
  expect((await audit(world, answered)).violations).toEqual([]);
}

async function queues(): Promise<Record<string, number>> {
  const counts: Record<string, number> = {};
  const query = `WorkflowType = 'conversation' AND ExecutionStatus = 'Running'`;
  for await (const { taskQueue } of client.workflow.list({ query })) counts[taskQueue] = (counts[taskQueue] ?? 0) + 1;
  return counts;
}

async function modes(): Promise<Record<string, number>> {
  const rows = await world.query<{ mode: string; count: number }>(
    'SELECT mode, count(*)::int AS count FROM conversations GROUP BY mode',
  );
  return Object.fromEntries(rows.map(({ mode, count }) => [mode, count]));
}

const newQueue = queueOfCore(CORE_VERSION + 1);

describe('a release with another core', () => {
  it('takes over two hundred conversations in every state', async () => {
    const { said, done } = writeAll();
    await done;
    await untilSettled(world, said, 120_000);
    const ids = await conversationsOf(world, customers);
    const dueAt = new Date(Date.now() + 3_600_000);
    for (const [index, id] of ids.entries()) await STATES[stateOf(index)](world, id, dueAt);
    const before = await modes();
    expect(before.human).toBeGreaterThan(60);

    const traffic = writeAll();
    await expect.poll(traffic.acknowledged, { interval: 5 }).toBeGreaterThan(OPEN / 3);
    world.useRelease(changed);
    await Promise.all([world.worker.stop(), world.api.stop()]);
    await Promise.all([world.api.start(), world.worker.start()]);
    await traffic.done;
    await expectAnswered(traffic.said);
    await expect.poll(queues, { timeout: 60_000 }).toEqual({ [newQueue]: expect.any(Number) });
    expect(await modes()).toEqual(before);
  });

  it('goes back to the release before it', async () => {
    const traffic = writeAll();
    await expect.poll(traffic.acknowledged, { interval: 5 }).toBeGreaterThan(OPEN / 3);
    world.useRelease(null);
    await Promise.all([world.worker.stop(), world.api.stop()]);
    await Promise.all([world.api.start(), world.worker.start()]);
    await traffic.done;
    await expectAnswered(traffic.said);
    await expect.poll(queues, { timeout: 60_000 }).toEqual({ [CONVERSATIONS_QUEUE]: expect.any(Number) });
  });

  it('takes over beside workers of the release before it, which stay until they are told to go', async () => {
    const traffic = writeAll();
    world.useRelease(changed);
    beside = world.addWorker();
    await beside.start();
    await traffic.done;
    await expectAnswered(traffic.said);
    await expect.poll(queues, { timeout: 60_000 }).toEqual({ [newQueue]: expect.any(Number) });
    await world.worker.stop();
    const more = writeAll();
    await more.done;
    await expectAnswered(more.said);
    const statuses = await world.query<{ reason: string }>("SELECT reason FROM tickets WHERE reason = 'stuck'");
    expect(statuses).toEqual([]);
  });

  it('still sends what persons had planned, and hands back what they had taken, after all that', async () => {
    const later = customers.filter((customer) => stateNameOf(customer) === 'sends-later');
    const ids = await conversationsOf(world, later);
    const timers = await world.query<{ id: string }>(
      "SELECT id FROM timers WHERE kind = 'send_later' AND state = 'pending' AND conversation_id = ANY($1)",
      [ids],
    );
    expect(timers).toHaveLength(later.length);
    for (const { id } of timers) {
      const body = { dueAt: new Date(Date.now() + 5000).toISOString() };
      const response = await world.ask(`/api/timers/${id}/reschedule`, { method: 'POST', body });
      expect(response.status).toBe(200);
    }
    const arrived = () => world.sends.filter(({ text }) => text?.startsWith('Later (')).map((send) => send.receiverId);
    await expect.poll(() => arrived().length, { timeout: 60_000 }).toBe(later.length);
    await sleep(1000);
    expect(arrived().sort()).toEqual([...later].sort());

    const taken = customers.filter((customer) => stateNameOf(customer) === 'taken-over');
    for (const id of await conversationsOf(world, taken)) {
      const response = await world.ask(`/api/conversations/${id}/release`, { method: 'POST', body: {} });
      expect(response.status).toBe(200);
    }
    const count = () =>
      world.query<{ count: number }>(
        `SELECT count(DISTINCT o.conversation_id)::int AS count FROM outbound_messages o
         WHERE o.state = 'sent' AND o.author = 'bot' AND o.conversation_id = ANY($1) AND o.created_at > now() - interval '1 minute'`,
        [idsOfTaken],
      );
    const idsOfTaken = await conversationsOf(world, taken);
    await expect.poll(async () => (await count())[0]?.count, { timeout: 60_000 }).toBe(taken.length);
  });
});

describe('a release whose core is another and does not say so', () => {
  it('is noticed within a minute or two, and its conversations go on with a person told', async () => {
    for (const part of [world.worker, beside]) if (part?.isAlive()) await part.stop();
    world.useRelease(null);
    const first = buildSaid('unsaid-1', 1);
    const silent = makeChangedRelease(world.folder, { saysSo: false });
    const worker = world.addWorker();
    await worker.start();
    const traffic = startTraffic([world.apiUrl], [first], 10);
    await traffic.done;
    await untilSettled(world, [first], 60_000);
    await worker.stop();
    world.useRelease(silent);
    const next = world.addWorker();
    await next.start();
    const second = buildSaid('unsaid-1', 2);
    await startTraffic([world.apiUrl], [second], 10).done;
    await untilSettled(world, [second], 150_000);
    const [row] = await world.query<{ needs_human: boolean }>(
      `SELECT c.needs_human FROM conversations c JOIN contacts k ON k.id = c.contact_id WHERE k.external_id = 'unsaid-1'`,
    );
    expect(row?.needs_human).toBe(true);
    expect((await audit(world, [first, second])).violations).toEqual([]);
  });
});
