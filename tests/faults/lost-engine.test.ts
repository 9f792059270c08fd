import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { conversationsOf, STATES, type StateName } from '../support/conversation-states.ts';
import { buildSaid, startTraffic } from '../support/customer-traffic.ts';
import { audit, untilSettled } from '../support/message-audit.ts';
import { type ProcessWorld, startProcessWorld } from '../support/process-world.ts';

/**
 * The engine's whole store is lost while conversations owe something and customers write. Nobody helps: afterwards what was
 * owed has happened, once, and nothing that was said is said again.
 */
const STATES_LOST: StateName[] = ['answered', 'taken-over', 'snoozed', 'sends-later', 'closed'];
const customers = STATES_LOST.map((state) => `lost-${state}`);

let world: ProcessWorld;
beforeAll(async () => {
  world = await startProcessWorld();
});
afterAll(async () => {
  await world?.close();
});

const dueMessages = () => world.sends.filter(({ text }) => text?.startsWith('Later (')).length;

async function loseStore(): Promise<void> {
  await world.temporal.kill();
  for (const end of ['', '-wal', '-shm']) rmSync(join(world.folder, `temporal.db${end}`), { force: true });
  await world.temporal.start();
}

describe('the loss of the whole store of Temporal', () => {
  it('loses no answer, no timer and no take-over, and says nothing twice', async () => {
    const first = customers.map((customer) => buildSaid(customer, 1));
    await startTraffic([world.apiUrl], first, 20).done;
    await untilSettled(world, first, 60_000);
    const ids = await conversationsOf(world, customers);
    const dueAt = new Date(Date.now() + 15_000);
    for (const [index, id] of ids.entries()) await STATES[STATES_LOST[index] as StateName](world, id, dueAt);
    const before = world.sends.length;

    await loseStore();
    const second = ['lost-answered', 'lost-snoozed', 'lost-closed'].map((customer) => buildSaid(customer, 2));
    await startTraffic([world.apiUrl], second, 20).done;
    await untilSettled(world, second, 90_000);
    expect((await audit(world, [...first, ...second])).violations).toEqual([]);
    await expect.poll(dueMessages, { timeout: 120_000 }).toBe(1);
    const modeOf = async (customer: string) =>
      (
        await world.query<{ mode: string }>(
          'SELECT mode FROM conversations c JOIN contacts k ON k.id = c.contact_id WHERE k.external_id = $1',
          [customer],
        )
      )[0]?.mode;
    expect(await modeOf('lost-taken-over')).toBe('human');
    const wrote = buildSaid('lost-taken-over', 2);
    await startTraffic([world.apiUrl], [wrote], 20).done;
    await sleep(3000);
    expect(world.sends.filter((send) => send.receiverId === 'lost-taken-over')).toHaveLength(1);
    expect(world.sends.length - before).toBe(second.length + 1);
  });

  it('is seen, and the schedule that looks after conversations comes back', async () => {
    const latest = async () =>
      (
        await world.query<{ at: Date }>(
          "SELECT max(finished_at) AS at FROM reconcile_runs WHERE started_by = 'schedule'",
        )
      )[0]?.at ?? new Date(0);
    await loseStore();
    const lostAt = Date.now();
    await expect
      .poll(async () => (await latest()).getTime(), { timeout: 120_000, interval: 1000 })
      .toBeGreaterThan(lostAt);
  });
});
