import { randomUUID } from 'node:crypto';
import { Client, Connection } from '@temporalio/client';
import { NativeConnection, Worker } from '@temporalio/worker';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createRetentionActivities } from '../../activities/retention.activities.ts';
import { RETENTION } from '../../src/features.ts';
import { type Database, openKeyedDatabase } from '../../src/platform/database/client.ts';
import { LIMITS } from '../../src/platform/database/limits.ts';
import { applyRetention } from '../../src/platform/database/retention-store.ts';
import { ensureRetentionSchedule } from '../../src/platform/temporal/retention-schedule.ts';
import { loadWorkflowBundle } from '../../src/platform/temporal/workflow-bundle.ts';
import { createTestDatabase, type TestDatabase } from '../support/postgres.ts';
import { testTemporal } from '../support/temporal.ts';

// Goal: what is old goes by itself and in small statements, and nothing else does. Method: rows on both sides of each limit in a
// real PostgreSQL, a real Schedule, and a worker as the product runs it.

const DAY_MS = 86_400_000;
const daysAgo = (days: number): Date => new Date(Date.now() - days * DAY_MS);

let database: TestDatabase;
let db: Database;
let businessId: string;

beforeAll(async () => {
  database = await createTestDatabase();
  db = openKeyedDatabase(database.url, 3, LIMITS.bulk);
  businessId = (await db.business.create({ data: { name: 'Shop', slug: 'shop' } })).id;
});
afterAll(async () => {
  await db.$disconnect();
  await database.drop();
});

async function fill(): Promise<void> {
  await Promise.all([db.inboundDelivery.deleteMany(), db.liveEvent.deleteMany(), db.appLog.deleteMany()]);
  const delivery = (days: number, state: string, of: string | null) => ({
    businessId: of,
    channel: 'directam',
    state,
    body: '{}',
    receivedAt: daysAgo(days),
  });
  await db.inboundDelivery.createMany({
    data: [
      ...[31, 32, 33].map((days) => delivery(days, 'stored', businessId)),
      delivery(40, 'quarantined', null),
      delivery(40, 'received', businessId),
      delivery(40, 'received', null),
      delivery(29, 'stored', businessId),
    ],
  });
  const change = { businessId, type: 'changed', resource: 'messages', resourceId: businessId };
  await db.liveEvent.createMany({ data: [8, 9, 6].map((days) => ({ ...change, createdAt: daysAgo(days) })) });
  const line = { level: 'warn', message: 'words' };
  await db.appLog.createMany({ data: [61, 59].map((days) => ({ ...line, createdAt: daysAgo(days) })) });
}

const left = async () => ({
  deliveries: await db.inboundDelivery.count(),
  waiting: await db.inboundDelivery.count({ where: { state: 'received' } }),
  liveEvents: await db.liveEvent.count(),
  appLogs: await db.appLog.count(),
});

describe('retention', () => {
  it('removes what is old in many small statements, and never a webhook that is not sorted yet', async () => {
    await fill();
    const counts = await applyRetention(db, RETENTION, { now: new Date(), dryRun: false, atOnce: 2 });
    expect(counts).toMatchObject({ deliveries: 4, liveEvents: 2, appLogs: 1 });
    expect(await left()).toEqual({ deliveries: 3, waiting: 2, liveEvents: 1, appLogs: 1 });
    const again = await applyRetention(db, RETENTION, { now: new Date(), dryRun: false, atOnce: 2 });
    expect(Object.values(again).every((count) => count === 0)).toBe(true);
  });

  it('removes at most so many rows in one statement', async () => {
    await fill();
    for (const rule of RETENTION.filter(({ name }) => ['deliveries', 'liveEvents'].includes(name)))
      expect(await rule.remove(db, daysAgo(5), 1)).toBe(1);
  });

  it('counts the same rows without removing one', async () => {
    await fill();
    const before = await left();
    const counts = await applyRetention(db, RETENTION, { now: new Date(), dryRun: true, days: { liveEvents: 5 } });
    expect(counts).toMatchObject({ deliveries: 4, liveEvents: 3, appLogs: 1 });
    expect(await left()).toEqual(before);
  });

  it('stops between two statements when it is told to', async () => {
    await fill();
    const options = { now: new Date(), dryRun: false, signal: AbortSignal.abort(new Error('stopped')) };
    await expect(applyRetention(db, RETENTION, options)).rejects.toThrow('stopped');
    expect((await left()).deliveries).toBe(7);
  });

  it('is run by its Schedule, with the days of the variables', async () => {
    await fill();
    const { address, namespace } = testTemporal();
    const client = new Client({ connection: await Connection.connect({ address }), namespace });
    const connection = await NativeConnection.connect({ address });
    const taskQueue = `upkeep-${randomUUID()}`;
    const worker = await Worker.create({
      connection,
      namespace,
      taskQueue,
      workflowBundle: await loadWorkflowBundle(),
      activities: createRetentionActivities({ db, rules: RETENTION, days: { deliveries: 35, liveEvents: 5 } }),
    });
    try {
      await ensureRetentionSchedule(client);
      const { action, info } = await client.schedule.getHandle('retention').describe();
      expect(action).toMatchObject({ workflowType: 'retention', taskQueue: 'upkeep' });
      expect(info.nextActionTimes.length).toBeGreaterThan(0);
      const handle = await client.workflow.start(action.workflowType, { workflowId: taskQueue, taskQueue });
      expect(await worker.runUntil(handle.result())).toMatchObject({ deliveries: 1, liveEvents: 3, appLogs: 1 });
      expect(await left()).toEqual({ deliveries: 6, waiting: 2, liveEvents: 0, appLogs: 1 });
    } finally {
      await client.schedule.getHandle('retention').delete();
      await connection.close();
      await client.connection.close();
    }
  });
});
