import { randomUUID } from 'node:crypto';
import { Client, Connection } from '@temporalio/client';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createCatalogSyncs } from '../../src/catalog/sync-gateway.ts';
import { ensureSchedule, type WantedSchedule } from '../../src/platform/temporal/schedules.ts';
import { testTemporal } from '../support/temporal.ts';

let client: Client;
const made: string[] = [];

beforeAll(async () => {
  const { address, namespace } = testTemporal();
  client = new Client({ connection: await Connection.connect({ address }), namespace });
});
afterAll(async () => {
  for (const id of made) await client.schedule.getHandle(id).delete();
  await client.connection.close();
});

function wanted(changes: Partial<WantedSchedule> = {}): WantedSchedule {
  const scheduleId = changes.scheduleId ?? `tests-${randomUUID()}`;
  made.push(scheduleId);
  return {
    scheduleId,
    spec: { intervals: [{ every: '1h' }] },
    policies: { catchupWindow: '5m' },
    action: { workflowType: 'nothing', workflowId: scheduleId, taskQueue: scheduleId, args: [1] },
    ...changes,
  };
}
const describeIt = (id: string) => client.schedule.getHandle(id).describe();

describe('ensureSchedule', () => {
  it('makes a Schedule, and leaves one that is as wanted untouched', async () => {
    const schedule = wanted();
    expect(await ensureSchedule(client, schedule)).toBe('made');
    const before = (await describeIt(schedule.scheduleId)).info.lastUpdatedAt;
    expect(await ensureSchedule(client, schedule)).toBe('kept');
    expect((await describeIt(schedule.scheduleId)).info.lastUpdatedAt).toEqual(before);
  });

  it('changes one that differs, and keeps its arguments and its pause', async () => {
    const schedule = wanted();
    await ensureSchedule(client, schedule);
    await client.schedule.getHandle(schedule.scheduleId).pause('by a person');
    const other = {
      ...schedule,
      spec: { intervals: [{ every: '2h' as const }] },
      action: { ...schedule.action, args: [2] },
    };
    expect(await ensureSchedule(client, other)).toBe('changed');
    const { spec, state, action } = await describeIt(schedule.scheduleId);
    expect(spec.intervals?.[0]?.every).toBe(7_200_000);
    expect([state.paused, state.note, action.args]).toEqual([true, 'by a person', [1]]);
    expect(await ensureSchedule(client, other)).toBe('kept');
  });

  it('is made once by processes that start together', async () => {
    const schedule = wanted();
    const outcomes = await Promise.all([1, 2, 3].map(() => ensureSchedule(client, schedule)));
    expect(outcomes.filter((outcome) => outcome === 'made')).toHaveLength(1);
  });
});

describe('syncs of shops', () => {
  const begins = async (isOwn: boolean): Promise<number[]> => {
    const syncs = createCatalogSyncs(client);
    const minutes: number[] = [];
    for (let count = 0; count < 5; count += 1) {
      const businessId = randomUUID();
      made.push(syncs.workflowId(businessId));
      await syncs.ensureSchedule(businessId, { cron: '0 */6 * * *', isOwn });
      await syncs.setPaused(businessId, true, 'tests');
      const { nextAt } = await syncs.describeSchedule(businessId);
      minutes.push(...nextAt.map((at) => (at.getUTCHours() % 6) * 60 + at.getUTCMinutes()));
    }
    return minutes;
  };

  it('are spread between two times of the installation', async () => {
    const minutes = await begins(false);
    expect(minutes.length).toBeGreaterThan(4);
    expect(Math.max(...minutes) - Math.min(...minutes)).toBeGreaterThan(30);
  });

  it('begin within minutes of a time that the shop chose', async () => {
    expect(Math.max(...(await begins(true)))).toBeLessThanOrEqual(3);
  });
});
