import { mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findRecorded, recordProcess, stopRecorded } from '../../src/start/processes.ts';

const PREFIX = 'peyk-tests-';
const OWNER = 'owner';

/**
 * A folder for everything one run of the tests starts and writes. `PEYK_TEST_RUN_FOLDER` hands one in (npm test does,
 * to clean up after us whatever happens); otherwise the run makes its own.
 */
export function openRunFolder(): string {
  const given = process.env.PEYK_TEST_RUN_FOLDER;
  if (given) return given;
  const folder = mkdtempSync(join(tmpdir(), PREFIX));
  mkdirSync(processFolder(folder));
  recordProcess(folder, OWNER, process.pid);
  return folder;
}

/** Where a run writes down the processes it started. */
export function processFolder(runFolder: string): string {
  return join(runFolder, 'processes');
}

/** Stops what the run started and removes its folder. */
export async function closeRunFolder(folder: string): Promise<void> {
  await stopRecorded(processFolder(folder));
  rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
}

/** Clears away the runs whose owner was killed before it could. */
export async function sweepRunFolders(): Promise<void> {
  const names = readdirSync(tmpdir()).filter((name) => name.startsWith(PREFIX));
  for (const folder of names.map((name) => join(tmpdir(), name))) {
    if (folder === process.env.PEYK_TEST_RUN_FOLDER || findRecorded(folder, OWNER) !== null) continue;
    try {
      await closeRunFolder(folder);
    } catch {
      // Another user's folder: theirs to clear.
    }
  }
}
