import { type ChildProcess, execFileSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

/** How a process ended: by a code of its own, or by a signal. */
export interface Exit {
  code: number | null;
  signal: NodeJS.Signals | null;
}

/** A process id alone may be given to a stranger later; with its time of birth it names one process for good. */
interface ProcessRecord {
  pid: number;
  bornAt: string;
}

/** When the process was started, as the system tells it; null when there is no such process (zombies count as gone). */
export function processBirth(pid: number): string | null {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return fields[0] === 'Z' || fields[0] === 'X' ? null : (fields[19] ?? null);
  } catch {
    if (process.platform === 'linux') return null;
  }
  try {
    return execFileSync('ps', ['-o', 'lstart=', '-p', String(pid)], { encoding: 'utf8' }).trim() || null;
  } catch {
    return null;
  }
}

/** Writes down a process that we started, so that a later start can find it should we be killed. */
export function recordProcess(folder: string, name: string, pid: number): void {
  mkdirSync(folder, { recursive: true });
  const record: ProcessRecord = { pid, bornAt: processBirth(pid) ?? '' };
  writeFileSync(join(folder, `${name}.json`), `${JSON.stringify(record)}\n`, { mode: 0o600 });
}

export function forgetProcess(folder: string, name: string): void {
  rmSync(join(folder, `${name}.json`), { force: true });
}

/** The id of the recorded process, when that very process still lives. */
export function findRecorded(folder: string, name: string): number | null {
  try {
    const record = JSON.parse(readFileSync(join(folder, `${name}.json`), 'utf8')) as ProcessRecord;
    return record.bornAt !== '' && processBirth(record.pid) === record.bornAt ? record.pid : null;
  } catch {
    return null;
  }
}

/** Ends every process recorded in the folder, in the reverse of their names' order; returns the names that were alive. */
export async function stopRecorded(folder: string, except: readonly string[] = []): Promise<string[]> {
  const stopped: string[] = [];
  for (const name of recordedNames(folder).filter((candidate) => !except.includes(candidate))) {
    const pid = findRecorded(folder, name);
    if (pid !== null) {
      await stopProcess(pid, 'SIGTERM', 5000);
      stopped.push(name);
    }
    forgetProcess(folder, name);
  }
  return stopped;
}

function recordedNames(folder: string): string[] {
  try {
    const files = readdirSync(folder).filter((file) => file.endsWith('.json'));
    return files.map((file) => file.slice(0, -'.json'.length)).sort();
  } catch {
    return [];
  }
}

/** Asks by `signal`, waits up to `graceMs`, then kills. Returns once the process is gone. */
export async function stopProcess(pid: number, signal: NodeJS.Signals, graceMs: number): Promise<void> {
  const bornAt = processBirth(pid);
  if (bornAt === null) return;
  sendSignal(pid, signal);
  const deadline = Date.now() + graceMs;
  while (processBirth(pid) === bornAt) {
    if (Date.now() > deadline) sendSignal(pid, 'SIGKILL');
    await sleep(25);
  }
}

function sendSignal(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}

/** Resolves when the child has ended, or could not be started at all (then with code 127). */
export function waitForExit(child: ChildProcess): Promise<Exit> {
  if (child.exitCode !== null || child.signalCode !== null) {
    return Promise.resolve({ code: child.exitCode, signal: child.signalCode });
  }
  return new Promise((resolve) => {
    child.once('exit', (code, signal) => resolve({ code, signal }));
    child.once('error', () => resolve({ code: 127, signal: null }));
  });
}
