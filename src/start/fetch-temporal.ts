import { spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { waitForExit } from './processes.ts';

const TIMEOUT_MS = 120_000;

/**
 * Brings a server program by Temporal's official download to `target`. In a process of its own, because that loads a
 * native library and may hang where there is no network. Returns null when the file is in place, else the reason.
 */
export async function fetchTemporal(kind: 'dev-server' | 'time-skipping', target: string, version?: string) {
  const folder = mkdtempSync(`${target}.download-`);
  try {
    const script = join(import.meta.dirname, 'download-temporal.ts');
    const child = spawn(process.execPath, [script, kind, folder, ...(version ? [version] : [])], {
      stdio: ['ignore', 'ignore', 'pipe'],
      timeout: TIMEOUT_MS,
      killSignal: 'SIGKILL',
    });
    let stderr = '';
    child.stderr.on('data', (chunk: Buffer) => {
      stderr += chunk;
    });
    const { code, signal } = await waitForExit(child);
    const file = readdirSync(folder).find((name) => /^temporal/.test(name));
    if (code === 0 && file) {
      renameSync(join(folder, file), target);
      return null;
    }
    if (signal) return `no success within ${TIMEOUT_MS / 1000} s`;
    return stderr.split('\n').find((line) => /error/i.test(line)) ?? `ended with ${code}`;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
