import { mkdirSync, rmSync } from 'node:fs';
import { dirname } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { findRecorded, recordProcess } from './processes.ts';

const HOLDER = 'holder';

/**
 * Runs `work` while no other process holds the lock folder. A lock whose holder is gone is taken over, so a killed
 * starter blocks nobody. `onWait` is called once when someone else holds it.
 */
export async function withFileLock<T>(lock: string, work: () => Promise<T>, onWait?: () => void): Promise<T> {
  mkdirSync(dirname(lock), { recursive: true });
  let told = false;
  while (!tryLock(lock)) {
    if (!told) onWait?.();
    told = true;
    await sleep(500);
    // Only after a pause: a lock that was just made has no holder written into it yet.
    if (findRecorded(lock, HOLDER) === null) rmSync(lock, { recursive: true, force: true });
  }
  try {
    return await work();
  } finally {
    rmSync(lock, { recursive: true, force: true });
  }
}

function tryLock(lock: string): boolean {
  try {
    mkdirSync(lock);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
  recordProcess(lock, HOLDER, process.pid);
  return true;
}
