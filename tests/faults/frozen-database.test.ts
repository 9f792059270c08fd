import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { buildSaid, buildTraffic, deliver, startTraffic } from '../support/customer-traffic.ts';
import { type Frozen, freeze } from '../support/frozen.ts';
import { audit, untilSettled } from '../support/message-audit.ts';
import { type ProcessWorld, startProcessWorld } from '../support/process-world.ts';

/**
 * PostgreSQL stands still as a machine does whose disk hangs: its connections stay open, new ones are taken by the kernel, and
 * nobody answers. Nothing fails by itself then; only what we allow ourselves to wait for ends it.
 */
const FROZEN_MS = 25_000;
const ANSWERED_WITHIN_MS = 5000;

let world: ProcessWorld;
let frozen: Frozen | null = null;

beforeAll(async () => {
  world = await startProcessWorld();
});
afterAll(async () => {
  frozen?.thaw();
  await world?.close();
});

async function readiness(): Promise<string> {
  const response = await fetch(`${world.apiUrl}/readyz`);
  return ((await response.json()) as { status: string }).status;
}

describe('a frozen PostgreSQL', () => {
  it('gets every webhook a 503 within five seconds, and when it goes on nothing is lost and nothing doubled', async () => {
    const said = buildTraffic('frozen', 300);
    const pids = [world.api.pid(), world.worker.pid()];
    const traffic = startTraffic([world.apiUrl], said, 30);
    await expect.poll(traffic.acknowledged, { interval: 5 }).toBeGreaterThan(60);
    frozen = freeze(world.postgres.pid());
    const frozenAtMs = Date.now();
    const refused = [];
    for (let n = 0; Date.now() < frozenAtMs + FROZEN_MS; n += 1) {
      const message = buildSaid(`frozen-probe-${n}`, 0);
      const begunAtMs = Date.now();
      await deliver(world.apiUrl, message);
      refused.push({ statuses: message.statuses, isInTime: Date.now() - begunAtMs < ANSWERED_WITHIN_MS });
    }
    expect(refused.filter(({ statuses, isInTime }) => statuses[0] !== 503 || !isInTime)).toEqual([]);
    expect(refused.length).toBeGreaterThan(FROZEN_MS / ANSWERED_WITHIN_MS - 1);
    expect(await readiness()).toBe('red');
    expect((await fetch(`${world.apiUrl}/healthz`)).status).toBe(200);
    expect((await world.ask('/api/conversations')).status).toBe(503);

    const thawedAtMs = Date.now();
    frozen.thaw();
    frozen = null;
    await expect.poll(readiness).toBe('green');
    await traffic.done;
    const isFalse = (at: number | null) => at !== null && at > frozenAtMs + 500 && at < thawedAtMs;
    expect(said.filter((message) => isFalse(message.acknowledgedAtMs)).map((message) => message.id)).toEqual([]);
    expect([...new Set(said.flatMap((message) => message.statuses))].sort()).toEqual([200, 503]);
    await untilSettled(world, said, 90_000);
    expect((await audit(world, said)).violations).toEqual([]);
    expect([world.api.pid(), world.worker.pid()]).toEqual(pids);
    expect([world.api.isAlive(), world.worker.isAlive()]).toEqual([true, true]);
    await sleep(1000);
    const [open] = await world.query<{ count: number }>(
      `SELECT count(*)::int AS count FROM pg_stat_activity WHERE state LIKE 'idle in transaction%'`,
    );
    expect(open?.count).toBe(0);
  });

  it('that stands still only for a moment costs nobody an answer', async () => {
    const said = buildTraffic('moment', 90);
    const traffic = startTraffic([world.apiUrl], said, 30);
    await expect.poll(traffic.acknowledged, { interval: 5 }).toBeGreaterThan(20);
    frozen = freeze(world.postgres.pid());
    await sleep(1000);
    frozen.thaw();
    frozen = null;
    await traffic.done;
    expect([...new Set(said.flatMap((message) => message.statuses))]).toEqual([200]);
    await untilSettled(world, said, 60_000);
    expect((await audit(world, said)).violations).toEqual([]);
  });
});
