import { setTimeout as sleep } from 'node:timers/promises';
import type { Client } from '@temporalio/client';
import pg from 'pg';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { HealthPart } from '../../src/platform/health/health-part.ts';
import { openTemporal } from '../../src/platform/temporal/client.ts';
import { buildSaid, deliver } from '../support/customer-traffic.ts';
import { type FakeOpenAi, startFakeOpenAi } from '../support/fake-openai.ts';
import { openOperator, say } from '../support/operator.ts';
import { type ProcessWorld, startProcessWorld } from '../support/process-world.ts';

/** What fails beneath Peyk is seen on the health page within a minute, with what to do, and is gone when it works again. */
const WITHIN = { timeout: 60_000, interval: 300 };

let model: FakeOpenAi;
let world: ProcessWorld;
let temporal: Client;
beforeAll(async () => {
  model = await startFakeOpenAi();
  world = await startProcessWorld({
    env: {
      AI_PROVIDER: 'openai',
      OPENAI_API_KEY: 'tests-only-key',
      OPENAI_BASE_URL: model.url,
      LLM_TIMEOUT_MS: '1000',
      LLM_BUDGET_MS: '6000',
    },
  });
  temporal = openTemporal({
    address: world.temporalAddress,
    namespace: 'default',
    apiKey: null,
    tlsCaPath: null,
    tlsCertPath: null,
    tlsKeyPath: null,
  });
});
afterEach(() => model.always(null));
afterAll(async () => {
  await temporal?.connection.close();
  await world?.close();
  await model?.close();
});

async function part(name: string): Promise<Pick<HealthPart, 'state' | 'code'>> {
  const parts = (await (await world.ask('/api/health/parts')).json()) as HealthPart[];
  const found = parts.find((one) => one.name === name);
  // What ails is never told without what to do.
  if (found && found.state !== 'ok') expect(found.action).not.toBe('');
  return { state: found?.state ?? 'ok', code: found?.code ?? 'absent' };
}

interface Ready {
  status: string;
  [part: string]: unknown;
}
async function ready(): Promise<{ http: number } & Ready> {
  const response = await fetch(`${world.apiUrl}/readyz`);
  return { http: response.status, ...((await response.json()) as Ready) };
}
const untilGreen = () => expect.poll(async () => (await ready()).status, WITHIN).toBe('green');

describe('a healthy installation', () => {
  it('is green, and says of each part that it is well', async () => {
    await untilGreen();
    for (const name of ['model', 'answers', 'disk', 'schedules', 'connections', 'storing', 'db'])
      expect([name, await part(name)]).toEqual([name, { state: 'ok', code: expect.stringMatching(/_ok$/) }]);
  });
});

describe('a PostgreSQL whose disk is full', () => {
  it('is named as the reason why webhooks are refused', async () => {
    await world.query(`
      CREATE FUNCTION refuse_full() RETURNS trigger LANGUAGE plpgsql AS
      $$ BEGIN RAISE EXCEPTION 'could not extend file' USING ERRCODE = '53100'; END $$`);
    await world.query('CREATE TRIGGER refuse_full BEFORE INSERT ON inbound_deliveries EXECUTE FUNCTION refuse_full()');
    const refused = buildSaid('full disk', 1);
    await deliver(world.apiUrl, refused).catch(() => undefined);
    expect(refused.acknowledgedAtMs).toBeNull();
    await expect.poll(() => part('storing'), WITHIN).toEqual({ state: 'failing', code: 'storing_full' });
    expect(await part('disk')).toEqual({ state: 'failing', code: 'disk_database_full' });
    expect(await ready()).toMatchObject({ http: 503, status: 'red', storing: 'down', db: 'ok', migrations: 'ok' });

    await world.query('DROP FUNCTION refuse_full CASCADE');
    await say(world, buildSaid('full disk', 2));
    await expect.poll(() => part('disk'), WITHIN).toMatchObject({ state: 'ok' });
    await untilGreen();
  });
});

describe('a model', () => {
  it.each([
    ['answers with errors', { kind: 'status', status: 500, headers: {} }, 'model_unreachable'],
    ['does not answer in time', { kind: 'hang' }, 'model_timeout'],
    ['refuses the key', { kind: 'status', status: 401, headers: {} }, 'model_refused'],
  ] as const)(
    'that %s is seen, and is well again once it answers',
    async (name, behaviour, code) => {
      model.always({ ...behaviour });
      const customer = `model ${name}`;
      await say(world, buildSaid(customer, 1, 'Do you ship to Shiraz?'));
      await expect.poll(() => part('model'), WITHIN).toEqual({ state: 'failing', code });
      expect(await ready()).toMatchObject({ http: 200, status: 'yellow', model: 'failing' });
      await openOperator(world).untilShown(customer, 'sent', 30_000);
      expect(await part('answers')).toEqual({ state: 'warning', code: 'answers_missing' });

      model.always(null);
      await expect
        .poll(
          async () => {
            await say(world, buildSaid(`${customer} ${Date.now()}`, 1, 'Do you ship to Shiraz?'));
            await sleep(2000);
            return (await part('model')).state;
          },
          { timeout: 120_000 },
        )
        .toBe('ok');
    },
    240_000,
  );
});

describe('a worker', () => {
  it('that is killed is missed while customers wait, and is well again once it runs', async () => {
    await untilGreen();
    await world.worker.kill();
    await say(world, buildSaid('without a worker', 1));
    await expect.poll(() => part('worker'), WITHIN).toEqual({ state: 'failing', code: 'worker_down' });
    expect(await ready()).toMatchObject({ http: 200, status: 'yellow', worker: 'down' });
    await world.worker.start();
    await openOperator(world).untilShown('without a worker', 'sent', 60_000);
    await expect.poll(() => part('worker'), WITHIN).toMatchObject({ state: 'ok' });
  }, 180_000);
});

describe('a Schedule', () => {
  it('that is gone is made again by itself', async () => {
    await temporal.schedule.getHandle('retention').delete();
    await expect
      .poll(
        () =>
          temporal.schedule
            .getHandle('retention')
            .describe()
            .then(() => true)
            .catch(() => false),
        WITHIN,
      )
      .toBe(true);
    await expect.poll(() => part('schedules'), WITHIN).toEqual({ state: 'ok', code: 'schedules_ok' });
  });

  it('that somebody paused is told until it goes on', async () => {
    const retention = temporal.schedule.getHandle('retention');
    await retention.pause('tests');
    await expect.poll(() => part('schedules'), WITHIN).toEqual({ state: 'failing', code: 'schedules_paused' });
    expect(await ready()).toMatchObject({ http: 200, status: 'yellow', schedules: 'failing' });
    await retention.unpause();
    await expect.poll(() => part('schedules'), WITHIN).toMatchObject({ state: 'ok' });
  });

  it('whose last run failed is told until one succeeds', async () => {
    const retention = temporal.schedule.getHandle('retention');
    // Its work cannot be done: the table is not to be had.
    await world.query('ALTER TABLE app_logs RENAME TO app_logs_away');
    await retention.trigger();
    const running = async () => (await retention.describe()).info.recentActions.at(-1)?.action.workflow.workflowId;
    await expect.poll(running, WITHIN).toBeDefined();
    await temporal.workflow.getHandle((await running()) as string).terminate('tests');
    await expect.poll(() => part('schedules'), WITHIN).toEqual({ state: 'warning', code: 'schedules_failed' });
    await world.query('ALTER TABLE app_logs_away RENAME TO app_logs');
    await retention.trigger();
    await expect.poll(() => part('schedules'), WITHIN).toMatchObject({ state: 'ok' });
  }, 180_000);
});

describe('connections to PostgreSQL', () => {
  const held: pg.Client[] = [];
  const hold = async (): Promise<boolean> => {
    const client = new pg.Client({ connectionString: world.databaseUrl });
    client.on('error', () => undefined);
    try {
      await client.connect();
      held.push(client);
      return true;
    } catch {
      return false;
    }
  };
  const letGo = async () => {
    await Promise.all(held.splice(0).map((client) => client.end()));
  };
  afterEach(letGo);

  it('are scarce long before they run out, and are told so', async () => {
    const used = async () =>
      (await world.query<{ used: number }>('SELECT sum(numbackends)::int AS used FROM pg_stat_database'))[0]?.used ?? 0;
    while ((await used()) < 88) await hold();
    await expect.poll(() => part('connections'), WITHIN).toMatchObject({ code: 'connections_scarce' });
    expect(await ready()).toMatchObject({ http: 200, status: 'yellow' });
    await letGo();
    await expect.poll(() => part('connections'), WITHIN).toEqual({ state: 'ok', code: 'connections_ok' });
  });
});
