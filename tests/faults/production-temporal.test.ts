import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { buildTraffic, type Said, startTraffic } from '../support/customer-traffic.ts';
import { audit, untilSettled } from '../support/message-audit.ts';
import { type PeykProcess, startPeyk } from '../support/peyk-process.ts';
import { type ProcessWorld, startProcessWorld } from '../support/process-world.ts';
import { findProductionPrograms, type ProductionPrograms } from '../support/production-temporal.ts';

/**
 * Peyk on the server that docker-compose.yml runs: Temporal's own, over PostgreSQL, made ready by the same jobs, without
 * containers. What is promised on the server for development holds there as well.
 */
const PER_SECOND = 20;
/** What npm start is told of the stores and the channel that are there. */
const SHARED = ['DATABASE_URL', 'TEMPORAL_ADDRESS', 'DIRECTAM_BASE_URL', 'SERVICE_API_KEY', 'WEBHOOK_SECRET'];
const programs = await findProductionPrograms(process.env, (line) => process.stderr.write(`${line}\n`));
if (typeof programs === 'string') process.stderr.write(`Temporal's own server is not tested: ${programs}.\n`);

describe.skipIf(typeof programs === 'string')('Temporal’s own server over PostgreSQL', () => {
  let world: ProcessWorld;
  let peyk: PeykProcess | null = null;
  const everybody: Said[] = [];

  beforeAll(async () => {
    world = await startProcessWorld({ production: programs as ProductionPrograms, directam: { slowMs: 200 } });
  });
  afterAll(async () => {
    await peyk?.stop();
    await world?.close();
  });

  async function expectAllAnswered(said: readonly Said[]): Promise<Record<string, number>> {
    await untilSettled(world, said, 120_000);
    everybody.push(...said);
    const { violations, states } = await audit(world, everybody);
    expect(violations).toEqual([]);
    return states;
  }

  async function countScheduledRuns(): Promise<number> {
    const [row] = await world.query<{ count: number }>(
      "SELECT count(*)::int AS count FROM reconcile_runs WHERE started_by = 'schedule' AND finished_at IS NOT NULL",
    );
    return row?.count ?? 0;
  }

  it('carries API and worker: customers are answered, and a Schedule runs', async () => {
    const said = buildTraffic('own-server', 60);
    await startTraffic([world.apiUrl], said, PER_SECOND).done;
    expect(await expectAllAnswered(said)).toEqual({ sent: expect.any(Number) });
    await expect.poll(countScheduledRuns, { timeout: 90_000, interval: 500 }).toBeGreaterThan(0);
  });

  it('carries npm start with TEMPORAL_ADDRESS, which takes over where the programs before it stopped', async () => {
    await Promise.all([world.worker.stop(), world.api.stop()]);
    const before = await countScheduledRuns();
    const shared = SHARED.map((name) => [name, world.env[name] ?? '']);
    peyk = await startPeyk({
      ...Object.fromEntries(shared),
      ADMIN_PASSWORD: 'tests-only-password',
      DEBOUNCE_MS: '200',
    });
    expect(peyk.output()).not.toContain('did not take our search attributes');
    const said = buildTraffic('npm-start', 30);
    await startTraffic([peyk.url], said, PER_SECOND).done;
    await expectAllAnswered(said);
    await expect.poll(countScheduledRuns, { timeout: 90_000, interval: 500 }).toBeGreaterThan(before);
    expect(await peyk.stop()).toBe(0);
    await Promise.all([world.api.start(), world.worker.start()]);
  });

  it('keeps every promise while API and worker are stopped and started for a deploy', async () => {
    const said = buildTraffic('deploy', 120);
    const traffic = startTraffic([world.apiUrl], said, PER_SECOND);
    await expect.poll(traffic.acknowledged, { interval: 5 }).toBeGreaterThan(40);
    await Promise.all([world.worker.stop(), world.api.stop()]);
    await Promise.all([world.api.start(), world.worker.start()]);
    await traffic.done;
    await expectAllAnswered(said);
  });

  it('keeps every promise when the worker is killed in the middle of sends', async () => {
    world.directam().behave('slow');
    const said = buildTraffic('worker-dies', 90);
    const before = world.sends.length;
    const traffic = startTraffic([world.apiUrl], said, PER_SECOND);
    await expect.poll(() => world.sends.length - before, { interval: 5 }).toBeGreaterThan(10);
    await world.worker.kill();
    await world.worker.start();
    await traffic.done;
    world.directam().behave('ok');
    // The sends under way at the kill: their bytes had left and nobody heard the answer.
    const states = await expectAllAnswered(said);
    expect(Object.keys(states).filter((state) => state !== 'sent' && state !== 'unknown')).toEqual([]);
  });

  it('keeps every promise when the server itself is killed, and comes back with its rows', async () => {
    const said = buildTraffic('server-dies', 120);
    const traffic = startTraffic([world.apiUrl], said, PER_SECOND);
    await expect.poll(traffic.acknowledged, { interval: 5 }).toBeGreaterThan(40);
    await world.temporal.kill();
    await expect.poll(traffic.acknowledged, { interval: 5 }).toBeGreaterThan(80);
    const before = await countScheduledRuns();
    // The jobs run again, as at every start with containers.
    await world.temporal.start();
    await traffic.done;
    expect([...new Set(said.flatMap((message) => message.statuses))]).toEqual([200]);
    await expectAllAnswered(said);
    await expect.poll(countScheduledRuns, { timeout: 90_000, interval: 500 }).toBeGreaterThan(before);
  });
});

describe('the search for the programs', () => {
  it('says what is missing where there is neither a cache nor Go', async () => {
    const found = await findProductionPrograms({ XDG_CACHE_HOME: '/nonexistent' }, undefined, null);
    expect(found).toBe('the server is not in /nonexistent/peyk/temporal-server-1.29.1, and there is no Go to build it');
  });
});
