import { join } from 'node:path';
import { Connection } from '@temporalio/client';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type RunningTemporal, startTemporal } from '../../src/start/temporal.ts';
import { findTemporalCli } from '../../src/start/temporal-cli.ts';
import { buildSaid } from '../support/customer-traffic.ts';
import { openOperator, say, sendsTo } from '../support/operator.ts';
import { type ProcessWorld, startProcessWorld } from '../support/process-world.ts';

/** The server of `TEMPORAL_ADDRESS` is replaced, while Peyk runs, by an empty one that knows nothing of us. */
let world: ProcessWorld;
let replaced: RunningTemporal | null = null;
beforeAll(async () => {
  world = await startProcessWorld();
});
afterAll(async () => {
  await replaced?.stop();
  await world?.close();
});

interface Ready {
  status: string;
  temporal: string;
  schedules: string;
  worker: string;
}
const ready = async (): Promise<Ready> => (await (await world.ask('/readyz')).json()) as Ready;

async function startEmpty(): Promise<void> {
  replaced = await startTemporal({
    cliPath: await findTemporalCli({ cliPath: process.env.TEMPORAL_CLI_PATH ?? null }),
    port: Number(world.temporalAddress.split(':').at(-1)),
    namespace: 'default',
    logFile: join(world.folder, 'replaced-temporal.log'),
    searchAttributes: [],
  });
}

describe('a Temporal that is replaced by an empty one', () => {
  it('is told what it must know, and messages are answered; until then readyz is not green', async () => {
    await expect.poll(async () => (await ready()).status, { timeout: 60_000 }).toBe('green');
    const known = buildSaid('known customer', 1);
    await say(world, known);
    await openOperator(world).untilShown('known customer', 'sent', 30_000);

    const seen: Ready[] = [];
    let isWatching = true;
    await world.temporal.kill();
    await expect.poll(async () => (await ready()).temporal, { timeout: 30_000 }).toBe('down');
    const watching = (async () => {
      while (isWatching) {
        seen.push(await ready());
        await new Promise((resolve) => setTimeout(resolve, 100));
      }
    })();
    await startEmpty();
    await say(world, buildSaid('known customer', 2), buildSaid('new customer', 1));
    for (const customer of ['known customer', 'new customer'])
      await openOperator(world).untilShown(customer, 'sent', 90_000);
    await expect.poll(() => sendsTo(world, 'known customer').length, { timeout: 60_000 }).toBe(2);
    await expect.poll(async () => (await ready()).status, { timeout: 120_000 }).toBe('green');
    isWatching = false;
    await watching;

    expect(sendsTo(world, 'new customer')).toHaveLength(1);
    const connection = await Connection.connect({ address: world.temporalAddress });
    const { customAttributes } = await connection.operatorService.listSearchAttributes({ namespace: 'default' });
    expect(Object.keys(customAttributes ?? {})).toEqual(
      expect.arrayContaining(['PeykChannel', 'PeykAccount', 'PeykBusiness', 'PeykMode']),
    );
    await connection.close();
    // Not green before the schedules are there again and somebody takes conversations.
    const firstGreen = seen.findIndex(({ status }) => status === 'green');
    expect(seen.slice(0, firstGreen < 0 ? seen.length : firstGreen).length).toBeGreaterThan(0);
    for (const one of seen.filter(({ status }) => status === 'green'))
      expect(one).toMatchObject({ temporal: 'ok', schedules: 'ok', worker: 'ok' });
  });
});
