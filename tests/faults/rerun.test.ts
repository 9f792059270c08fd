import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openDatabase } from '../../src/platform/database/client.ts';
import { type FakeOpenAi, startFakeOpenAi } from '../support/fake-openai.ts';
import { type ProcessWorld, startProcessWorld } from '../support/process-world.ts';
import { MODEL, recordTurn } from '../support/rerun-lab.ts';

// Hypothesis: a worker that is killed in the midst of a re-run costs at most the calls that were under way; the re-run ends
// with an answer to every turn, and nothing is sent. Method: kill -9 the worker while the model thinks, start another.

const TURNS = 12;
/** So many are thought over at once, and may be asked again. */
const AT_ONCE = 4;

let world: ProcessWorld;
let openai: FakeOpenAi;
beforeAll(async () => {
  openai = await startFakeOpenAi();
  const ai = { AI_PROVIDER: 'openai', OPENAI_API_KEY: 'k', OPENAI_BASE_URL: openai.url, OPENAI_MODEL: MODEL };
  world = await startProcessWorld({ env: ai });
}, 120_000);
afterAll(async () => {
  await world.close();
  await openai.close();
});

interface Started {
  rerun: { id: string; state: string; done: number; failed: number };
}

async function find(id: string): Promise<Started['rerun']> {
  return (await (await world.ask(`/api/reruns/${id}`)).json()) as Started['rerun'];
}

describe('a re-run', () => {
  it('outlives the worker that is killed in its midst', { timeout: 120_000 }, async () => {
    const [row] = await world.query<{ id: string }>('SELECT id FROM businesses LIMIT 1');
    const db = openDatabase(world.databaseUrl, 1);
    for (let at = 0; at < TURNS; at++) await recordTurn(db, row?.id as string, `Question ${at}`, `Answer ${at}`);
    await db.$disconnect();
    openai.always({ kind: 'delay', ms: 600 });
    const body = { prompt: 'v1', days: 7 };
    const { rerun } = (await (await world.ask('/api/reruns', { method: 'POST', body })).json()) as Started;
    await expect.poll(async () => (await find(rerun.id)).done, { interval: 50 }).toBeGreaterThan(0);

    await world.worker.kill();
    expect((await find(rerun.id)).state).toBe('running');
    await world.worker.start();

    await expect.poll(async () => (await find(rerun.id)).state, { timeout: 90_000, interval: 200 }).toBe('done');
    expect(await find(rerun.id)).toMatchObject({ done: TURNS, failed: 0 });
    expect(openai.requests.length).toBeLessThanOrEqual(TURNS + AT_ONCE);
    expect(world.sends).toEqual([]);
  });
});
