import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { buildTraffic, startTraffic } from '../support/customer-traffic.ts';
import { audit, untilSettled } from '../support/message-audit.ts';
import { type ProcessWorld, startProcessWorld } from '../support/process-world.ts';

/**
 * Each part is killed as a crash would, while customers write, and started again as the supervisor does. Afterwards the
 * books are compared: what was acknowledged, what was decided, what arrived at the provider.
 */
const PER_SECOND = 60;

let world: ProcessWorld;

beforeAll(async () => {
  world = await startProcessWorld({ directam: { slowMs: 200 } });
});
afterAll(async () => {
  await world?.close();
});

async function readiness(): Promise<string> {
  const response = await fetch(`${world.apiUrl}/readyz`);
  return ((await response.json()) as { status: string }).status;
}

describe('kill -9', () => {
  it('of the API under load loses no acknowledged message and answers each once', async () => {
    const said = buildTraffic('api-dies', 240);
    const traffic = startTraffic([world.apiUrl], said, PER_SECOND);
    await expect.poll(traffic.acknowledged, { interval: 5 }).toBeGreaterThan(60);
    await world.api.kill();
    await sleep(500);
    await world.api.start();
    await expect.poll(traffic.acknowledged, { interval: 5 }).toBeGreaterThan(160);
    await world.api.kill();
    await world.api.start();
    await traffic.done;
    await untilSettled(world, said, 60_000);
    const { violations, states } = await audit(world, said);
    expect(violations).toEqual([]);
    expect(states).toEqual({ sent: expect.any(Number) });
    expect(said.some((message) => message.statuses.length > 1)).toBe(true);
  });

  it('of the worker in the middle of sends repeats none of them and answers everything else', async () => {
    world.directam().behave('slow');
    const said = buildTraffic('worker-dies', 180);
    const before = world.sends.length;
    const traffic = startTraffic([world.apiUrl], said, PER_SECOND);
    await expect.poll(() => world.sends.length - before, { interval: 5 }).toBeGreaterThan(20);
    await world.worker.kill();
    await world.worker.start();
    await traffic.done;
    await untilSettled(world, said, 90_000);
    world.directam().behave('ok');
    const { violations, states } = await audit(world, said);
    expect(violations).toEqual([]);
    // The sends under way at the kill, and only those: their bytes had left and nobody heard the answer.
    expect(states).toEqual({ sent: expect.any(Number), unknown: expect.any(Number) });
    expect(states.unknown).toBeLessThanOrEqual(60);
  });

  it('of Temporal leaves webhooks acknowledged, shows yellow, and what waited is answered afterwards', async () => {
    const said = buildTraffic('temporal-dies', 300);
    const traffic = startTraffic([world.apiUrl], said, 30);
    await expect.poll(traffic.acknowledged, { interval: 5 }).toBeGreaterThan(30);
    await world.temporal.kill();
    await expect.poll(readiness).toBe('yellow');
    await sleep(7000);
    await world.temporal.start();
    await traffic.done;
    expect([...new Set(said.flatMap((message) => message.statuses))]).toEqual([200]);
    expect([world.api.isAlive(), world.worker.isAlive()]).toEqual([true, true]);
    await untilSettled(world, said, 90_000);
    expect((await audit(world, said)).violations).toEqual([]);
    await expect.poll(readiness).toBe('green');
  });

  it('of PostgreSQL answers 503 and never a false 200, and both programs recover by themselves', async () => {
    const said = buildTraffic('postgres-dies', 300);
    const pids = [world.api.pid(), world.worker.pid()];
    const traffic = startTraffic([world.apiUrl], said, 30);
    await expect.poll(traffic.acknowledged, { interval: 5 }).toBeGreaterThan(30);
    await world.postgres.kill();
    const killedAtMs = Date.now();
    await expect.poll(readiness).toBe('red');
    const answer = await world.ask('/api/conversations');
    expect(answer.status).toBe(503);
    expect(answer.headers.get('content-type')).toMatch(/^application\/problem\+json/);
    expect((await fetch(`${world.apiUrl}/healthz`)).status).toBe(200);
    await sleep(Math.max(0, 10_000 - (Date.now() - killedAtMs)));
    const startedAtMs = Date.now();
    const isFalse = (at: number | null) => at !== null && at > killedAtMs + 500 && at < startedAtMs;
    expect(said.filter((message) => isFalse(message.acknowledgedAtMs)).map((message) => message.id)).toEqual([]);
    await world.postgres.start();
    await traffic.done;
    const statuses = new Set(said.flatMap((message) => message.statuses));
    expect([...statuses].sort()).toEqual([200, 503]);
    await untilSettled(world, said, 90_000);
    expect((await audit(world, said)).violations).toEqual([]);
    expect([world.api.isAlive(), world.worker.isAlive()]).toEqual([true, true]);
    expect([world.api.pid(), world.worker.pid()]).toEqual(pids);
    await expect.poll(readiness).toBe('green');
  });
});
