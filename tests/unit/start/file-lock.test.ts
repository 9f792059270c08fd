import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { releaseFileLock, takeFileLock, withFileLock } from '../../../src/start/file-lock.ts';

let folder: string;
let lock: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'peyk-lock-'));
  lock = join(folder, 'lock');
});

afterEach(() => rmSync(folder, { recursive: true }));

describe('takeFileLock', () => {
  it('takes a free lock, names the holder of a taken one, and takes it again once released', async () => {
    expect(await takeFileLock(lock)).toBeNull();
    expect(await takeFileLock(lock)).toBe(process.pid);
    releaseFileLock(lock);
    expect(await takeFileLock(lock)).toBeNull();
  });

  it('takes over from a holder that is gone', async () => {
    mkdirSync(lock);
    writeFileSync(join(lock, 'holder.json'), JSON.stringify({ pid: process.pid, bornAt: '1' }));
    expect(await takeFileLock(lock)).toBeNull();
  });
});

describe('withFileLock', () => {
  it('lets one work at a time and tells the one that waits', async () => {
    const onWait = vi.fn();
    let inside = 0;
    const work = async () => {
      inside += 1;
      expect(inside).toBe(1);
      await sleep(50);
      inside -= 1;
    };
    await Promise.all([withFileLock(lock, work, onWait), withFileLock(lock, work, onWait)]);
    expect(onWait).toHaveBeenCalledTimes(1);
  });

  it('releases the lock when the work fails', async () => {
    await expect(withFileLock(lock, () => Promise.reject(new Error('no')))).rejects.toThrow('no');
    expect(await takeFileLock(lock)).toBeNull();
  });
});
