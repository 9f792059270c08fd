import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import type { AppLogEntry } from '../../../../src/platform/logging/app-log-store.ts';
import { createAppLogStream } from '../../../../src/platform/logging/app-log-stream.ts';

const line = (msg: string, more = {}) =>
  JSON.stringify({ level: 'warn', time: '2026-11-21T10:00:00.000Z', msg, ...more });

function collect(fails: () => boolean = () => false) {
  const saved: AppLogEntry[] = [];
  const save = async (entries: readonly AppLogEntry[]) => {
    if (fails()) throw new Error('away');
    saved.push(...entries);
  };
  return { saved, stream: createAppLogStream(save, 5) };
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
    expect(saved).toEqual([
      { level: 'warn', message: 'first', fields: { channel: 'directam' }, businessId, at },
      { level: 'warn', message: 'second', fields: {}, businessId: null, at },
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

  it('cuts long fields short', async () => {
    const { saved, stream } = collect();
    stream.write(line('long', { stack: 'x'.repeat(20_000) }));
    await stream.stop();
    expect(JSON.stringify(saved[0]?.fields).length).toBeLessThan(9000);
  });
});
