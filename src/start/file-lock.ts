import { mkdirSync, rmSync } from 'node:fs';
import { dirname } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { findRecorded, recordProcess } from './processes.ts';

const HOLDER = 'holder';
const RETRY_MS = 500;

/**
 * Takes the lock folder, or returns the id of the living process that holds it. A lock whose holder is gone is taken
 * over, so a killed starter blocks nobody.
 */
export async function takeFileLock(lock: string): Promise<number | null> {
  mkdirSync(dirname(lock), { recursive: true });
  for (;;) {
    if (tryLock(lock)) return null;
    let holder = findRecorded(lock, HOLDER);
    if (holder !== null) return holder;
    // A lock that was made just now may not have its holder written into it yet.
    await sleep(RETRY_MS);
    holder = findRecorded(lock, HOLDER);
    if (holder !== null) return holder;
    releaseFileLock(lock);
  }
}

export function releaseFileLock(lock: string): void {
  rmSync(lock, { recursive: true, force: true });
}

/** Runs `work` while no other process holds the lock. `onWait` is called once when someone else holds it. */
export async function withFileLock<T>(lock: string, work: () => Promise<T>, onWait?: () => void): Promise<T> {
  for (let told = false; (await takeFileLock(lock)) !== null; told = true) {
    if (!told) onWait?.();
    await sleep(RETRY_MS);
  }
  try {
    return await work();
  } finally {
    releaseFileLock(lock);
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
