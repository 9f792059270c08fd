import { fileURLToPath } from 'node:url';
import { Runtime, Worker } from '@temporalio/worker';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Database, openDatabase } from '../../src/platform/database/client.ts';
import { saveAppLogs } from '../../src/platform/logging/app-log-store.ts';
import { createAppLogStream } from '../../src/platform/logging/app-log-stream.ts';
import { createLogger } from '../../src/platform/logging/logging.ts';
import { engineLogOptions } from '../../src/platform/temporal/engine-log.ts';
import { createTestDatabase, type TestDatabase } from '../support/postgres.ts';
import { createTestNamespace, type TestNamespace } from '../support/temporal-namespace.ts';

let database: TestDatabase;
let db: Database;
let temporal: TestNamespace;
const lines: string[] = [];

beforeAll(async () => {
  database = await createTestDatabase();
  db = openDatabase(database.url, 2);
  await db.business.create({ data: { slug: 'default', name: 'Shop' } });
  const appLogs = createAppLogStream((entries) => saveAppLogs(db, entries), { flushMs: 50 });
  const output = { write: (line: string) => void lines.push(line) };
  const engineLog = engineLogOptions(createLogger('worker', 'info', { output, warnings: appLogs }));
  Runtime.install({
    logger: engineLog.logger,
    telemetryOptions: { logging: engineLog.logging },
    shutdownSignals: [],
  });
  temporal = await createTestNamespace();
});
afterAll(async () => {
  await temporal.close();
  await db.$disconnect();
  await database.drop();
});

describe('engineLogOptions', () => {
  it('brings a workflow task that fails into the app log, structured and masked', async () => {
    const taskQueue = 'failing';
    const { connection, namespace, client } = temporal;
    const worker = await Worker.create({
      connection,
      namespace,
      taskQueue,
      workflowsPath: fileURLToPath(new URL('../support/failing.workflow.ts', import.meta.url)),
    });
    const running = worker.run();
    await client.workflow.start('failing', { taskQueue, workflowId: 'failing-1' });
    const where = { message: { contains: 'workflow task' } };
    await expect.poll(() => db.appLog.count({ where })).toBeGreaterThan(0);
    worker.shutdown();
    await running;
    const row = await db.appLog.findFirstOrThrow({ where });
    expect(row).toMatchObject({ level: 'warn', fields: { sdkComponent: 'core', name: 'worker' } });
    expect(JSON.stringify(row.fields)).toContain('no way to +989***67 with access_token=[hidden]');
    expect(lines.join('')).not.toMatch(/s3cret|9121234567/);
  });

  it('says nothing of a worker that has no workflows', async () => {
    const { connection, namespace } = temporal;
    const worker = await Worker.create({
      connection,
      namespace,
      taskQueue: 'sends',
      activities: { async act() {} },
    });
    await worker.runUntil(Promise.resolve());
    expect(lines.join('')).not.toContain('No workflows registered');
  });
});
