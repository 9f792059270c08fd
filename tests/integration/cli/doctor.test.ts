import { Readable } from 'node:stream';
import { Worker } from '@temporalio/worker';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runCli } from '../../../src/cli/run-cli.ts';
import { CONVERSATIONS_QUEUE } from '../../../src/conversations/core/version.ts';
import { ensureApplicationRole } from '../../../src/platform/database/application-role.ts';
import { type Database, openDatabase } from '../../../src/platform/database/client.ts';
import { QUEUES } from '../../../src/platform/queues.ts';
import { buildRows } from '../../support/http-rows.ts';
import { createEmptyDatabase, createTestDatabase, type TestDatabase } from '../../support/postgres.ts';
import { createTestNamespace, type TestNamespace } from '../../support/temporal-namespace.ts';
import { bundleWorkflows, quietRuntime } from '../../support/workflow-lab.ts';

let database: TestDatabase;
/** For a role of its own, which is no superuser. */
let databaseUrl: string;
let db: Database;
let temporal: TestNamespace;
let stopWorkers: () => Promise<void>;
beforeAll(async () => {
  quietRuntime();
  [database, temporal] = await Promise.all([createTestDatabase(), createTestNamespace()]);
  const url = new URL(database.url);
  [url.username, url.password] = [`doctor_${url.pathname.slice(6)}`, 'tests-only'];
  databaseUrl = url.href;
  await ensureApplicationRole(database.url, databaseUrl);
  db = openDatabase(database.url, 2);
  stopWorkers = await startWorkers();
}, 60_000);
afterAll(async () => {
  await stopWorkers();
  await temporal.close();
  await db.$disconnect();
  await database.drop();
});

async function startWorkers(): Promise<() => Promise<void>> {
  const workflowBundle = await bundleWorkflows();
  const { connection, namespace } = temporal;
  const workers = await Promise.all(
    [CONVERSATIONS_QUEUE, ...Object.values(QUEUES)].map((taskQueue) =>
      Worker.create({ connection, namespace, taskQueue, workflowBundle, activities: { async act() {} } }),
    ),
  );
  const running = workers.map((worker) => worker.run());
  return async () => {
    for (const worker of workers) worker.shutdown();
    await Promise.all(running);
  };
}

interface Report {
  state: string;
  checks: { name: string; state: string; message: string; action: string }[];
}

const KEY = Buffer.alloc(32, 7).toString('base64');

async function doctor(env: NodeJS.ProcessEnv = {}, ...args: string[]) {
  let [out, err] = ['', ''];
  const code = await runCli([...args, 'doctor'], {
    env: {
      DATABASE_URL: databaseUrl,
      TEMPORAL_ADDRESS: temporal.address,
      TEMPORAL_NAMESPACE: temporal.namespace,
      ENCRYPTION_KEYS: `k1:${KEY}`,
      PEYK_DATA_DIR: '/nonexistent',
      ...env,
    },
    stdin: Readable.from([]),
    write: (text) => {
      out += text;
    },
    writeError: (text) => {
      err += text;
    },
  });
  return { code, out, err };
}

async function statesOf(env: NodeJS.ProcessEnv = {}) {
  const { code, out } = await doctor(env, '--json');
  const { state, checks } = JSON.parse(out) as Report;
  for (const check of checks) expect(check.action === '', check.name).toBe(check.state === 'ok');
  return { code, state, ...Object.fromEntries(checks.map((check) => [check.name, check.state])) };
}

describe('peyk doctor', () => {
  it('finds everything well, and says so in words and as data', async () => {
    const names = ['database', 'migrations', 'rights', 'role', 'sending', 'backlog', 'encryption', 'engine', 'workers'];
    const well = Object.fromEntries(['configuration', ...names].map((name) => [name, 'ok']));
    await expect.poll(() => statesOf()).toEqual({ code: 0, state: 'ok', ...well });
    const { code, out } = await doctor({ PEYK_DATA_DIR: '.' });
    expect(code).toBe(0);
    for (const name of [...names, 'disk']) expect(out).toMatch(new RegExp(`^(ok|WARNING) +${name} `, 'm'));
  });

  it('warns of a role that is a superuser', async () => {
    expect(await statesOf({ DATABASE_URL: database.url })).toMatchObject({
      code: 0,
      state: 'warning',
      role: 'warning',
    });
  });

  it('fails while sending is paused, and says why', async () => {
    await db.installation.updateMany({ data: { sendingPausedAt: new Date(), sendingPausedReason: 'stocktaking' } });
    const { code, out } = await doctor();
    expect([code, out]).toEqual([1, expect.stringMatching(/FAILING +sending .*stocktaking[\s\S]*resume-sending/)]);
    await db.installation.updateMany({ data: { sendingPausedAt: null } });
  });

  it('warns of sends without an outcome and of missing keys', async () => {
    await buildRows(db, 'doctor');
    expect(await statesOf({ ENCRYPTION_KEYS: '' })).toMatchObject({
      code: 0,
      state: 'warning',
      backlog: 'warning',
      encryption: 'warning',
    });
  });

  it('fails when a part is away, looks at the others all the same, and shows no password', async () => {
    const url = 'postgresql://peyk:s3cret@127.0.0.1:1/peyk';
    const away = await doctor({ DATABASE_URL: url });
    expect([away.code, away.out]).toEqual([1, expect.stringMatching(/FAILING +database [\s\S]*ok +engine /)]);
    expect(away.out + away.err).not.toContain('s3cret');
    expect(await statesOf({ TEMPORAL_NAMESPACE: 'no-such' })).toMatchObject({
      code: 1,
      engine: 'failing',
      database: 'ok',
    });
    const deserted = await createTestNamespace();
    expect(await statesOf({ TEMPORAL_NAMESPACE: deserted.namespace })).toMatchObject({
      engine: 'ok',
      workers: 'failing',
    });
    await deserted.close();
  });

  it('fails for a database without its tables, or whose role may not use them', async () => {
    const empty = await createEmptyDatabase();
    expect(await statesOf({ DATABASE_URL: empty.url })).toMatchObject({ database: 'ok', migrations: 'failing' });
    await empty.drop();
    const closed = await createTestDatabase();
    const client = new pg.Client({ connectionString: closed.url });
    await client.connect();
    const role = `reader_${Date.now()}`;
    await client.query(
      `create role ${role} login password 'x'; grant select on all tables in schema public to ${role}`,
    );
    const url = new URL(closed.url);
    [url.username, url.password] = [role, 'x'];
    expect(await statesOf({ DATABASE_URL: url.href })).toMatchObject({ code: 1, migrations: 'ok', rights: 'failing' });
    await client.query(`drop owned by ${role}; drop role ${role}`);
    await client.end();
    await closed.drop();
  });

  it('reports variables that cannot be used, in the same form', async () => {
    const { code, out } = await doctor({ PORT: 'x' }, '--json');
    expect(code).toBe(1);
    expect(JSON.parse(out)).toMatchObject({ state: 'failing', checks: [{ name: 'configuration', state: 'failing' }] });
    expect(out).toContain('PORT');
  });

  it('says what to do when nothing runs', async () => {
    const { code, out } = await doctor({ DATABASE_URL: '', TEMPORAL_ADDRESS: '' });
    expect([code, out]).toEqual([1, expect.stringContaining('npm start')]);
  });
});
