import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import type { AppLogEntry } from '../../../../src/platform/logging/app-log-store.ts';
import { createAppLogStream } from '../../../../src/platform/logging/app-log-stream.ts';

const line = (msg: string, more = {}) =>
  JSON.stringify({ level: 'warn', time: '2026-11-21T10:00:00.000Z', msg, ...more });

function collect(fails: () => boolean = () => false, clock = Date.now) {
  const saved: AppLogEntry[] = [];
  const save = async (entries: readonly AppLogEntry[]) => {
    if (fails()) throw new Error('away');
    saved.push(...structuredClone(entries));
  };
  return { saved, stream: createAppLogStream(save, { flushMs: 5, clock }) };
}

/** The rows that a table would have in the end: by id, the last written of each. */
function rowsOf(saved: readonly AppLogEntry[]): { message: string; count: number; lastAt: string }[] {
  const byId = new Map(saved.map((entry) => [entry.id, entry]));
  return [...byId.values()].map(({ message, count, lastAt }) => ({ message, count, lastAt: lastAt.toISOString() }));
}

describe('createAppLogStream', () => {
  it('stores lines in batches, with their level, time and business', async () => {
    const { saved, stream } = collect();
    const businessId = '01900000-0000-7000-8000-000000000000';
    stream.write(line('first', { businessId, pid: 1, hostname: 'x', channel: 'directam' }));
    stream.write(line('second\0', { businessId: 'not an id' }));
    expect(saved).toEqual([]);
    await sleep(50);
    const at = new Date('2026-11-21T10:00:00.000Z');
    const once = { id: expect.any(String) as string, level: 'warn', at, count: 1, lastAt: at };
    expect(saved).toEqual([
      { ...once, message: 'first', fields: { channel: 'directam' }, businessId },
      { ...once, message: 'second', fields: {}, businessId: null },
    ]);
  });

  it('drops what does not fit, says how much, and leaves out what is no log line', async () => {
    const { saved, stream } = collect();
    stream.write('not json');
    for (let n = 0; n < 520; n++) stream.write(line(`line ${n}`));
    for (let n = 0; n < 100 && saved.length < 501; n++) await sleep(10);
    expect(saved).toHaveLength(501);
    expect(saved.map(({ message }) => message)).toContain(
      '20 more lines were not kept here; standard output has them.',
    );
  });

  it('keeps lines while the database is away, never throws, and writes the rest when it stops', async () => {
    let away = true;
    const { saved, stream } = collect(() => away);
    stream.write(line('waits'));
    await sleep(30);
    expect(saved).toEqual([]);
    away = false;
    await stream.stop();
    stream.write(line('too late'));
    expect(saved.map(({ message }) => message)).toEqual(['waits']);
  });

  it('counts what says the same within a minute on one entry, and writes it anew', async () => {
    let nowMs = 0;
    const { saved, stream } = collect(undefined, () => nowMs);
    const fails = (second: number, code: string) =>
      line('Activity failed', { time: `2026-11-21T10:00:${String(second).padStart(2, '0')}.000Z`, code });
    for (let second = 0; second < 50; second++) stream.write(fails(second, 'model_unavailable'));
    stream.write(fails(7, 'unavailable'));
    await expect.poll(() => rowsOf(saved).length).toBe(2);
    stream.write(fails(58, 'model_unavailable'));
    nowMs = 60_000;
    stream.write(fails(59, 'model_unavailable'));
    await stream.stop();
    expect(rowsOf(saved)).toEqual([
      { message: 'Activity failed', count: 51, lastAt: '2026-11-21T10:00:58.000Z' },
      { message: 'Activity failed', count: 1, lastAt: '2026-11-21T10:00:07.000Z' },
      { message: 'Activity failed', count: 1, lastAt: '2026-11-21T10:00:59.000Z' },
    ]);
  });

  it('tells apart what has another level, words, business or code', async () => {
    const { saved, stream } = collect();
    const businessId = '01900000-0000-7000-8000-000000000000';
    const all = [
      {},
      { level: 'error' },
      { msg: 'other' },
      { businessId },
      { code: 'c' },
      { err: { type: 'TypeError' } },
    ];
    for (const more of [...all, ...all]) stream.write(line('words', more));
    await stream.stop();
    expect(rowsOf(saved).map(({ count }) => count)).toEqual(all.map(() => 2));
  });

  it('adds what the writer left out before, and writes a flood of one kind a few times only', async () => {
    let writes = 0;
    const saved: AppLogEntry[] = [];
    const stream = createAppLogStream(
      async (entries) => {
        writes += 1;
        saved.push(...structuredClone(entries));
      },
      { flushMs: 40 },
    );
    for (let n = 0; n < 20; n++) {
      for (let repeat = 0; repeat < 400; repeat++) stream.write(line('flood'));
      await sleep(10);
    }
    stream.write(line('flood', { repeated: 263 }));
    await stream.stop();
    expect(rowsOf(saved)).toEqual([expect.objectContaining({ message: 'flood', count: 8263 })]);
    expect(writes).toBeLessThan(8);
  });

  it('loses no count that rises while the entry is being written, nor one whose writing failed', async () => {
    const started: (() => void)[] = [];
    const saved: AppLogEntry[] = [];
    const stream = createAppLogStream(
      async (entries) => {
        const snapshot = structuredClone(entries);
        await new Promise<void>((resolve) => started.push(resolve));
        if (started.length === 2) throw new Error('away');
        saved.push(...snapshot);
      },
      { flushMs: 1 },
    );
    stream.write(line('slow'));
    await expect.poll(() => started.length).toBe(1);
    stream.write(line('slow'));
    started[0]?.();
    await expect.poll(() => started.length).toBe(2);
    stream.write(line('slow'));
    started[1]?.();
    const stopped = stream.stop();
    await expect.poll(() => started.length).toBe(3);
    started[2]?.();
    await stopped;
    expect(rowsOf(saved)).toEqual([expect.objectContaining({ message: 'slow', count: 3 })]);
  });

  it('cuts long fields short', async () => {
    const { saved, stream } = collect();
    stream.write(line('long', { stack: 'x'.repeat(20_000) }));
    await stream.stop();
    expect(JSON.stringify(saved[0]?.fields).length).toBeLessThan(9000);
  });
});
