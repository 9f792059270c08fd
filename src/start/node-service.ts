import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { stopProcess, waitForExit } from './processes.ts';
import { StartError } from './start-error.ts';
import type { RunningService } from './supervisor.ts';

const ROOT = join(import.meta.dirname, '../..');
const STOP_WITHIN_MS = 6000;
/** Loaded before the program. */
const COMPANIONS = ['./exit-with-parent.ts', '../platform/temporal/workflow-threads.ts'].map(
  (file) => new URL(file, import.meta.url).href,
);

export interface NodeServiceOptions {
  name: string;
  /** The program, relative to the clone. */
  entry: string;
  env: NodeJS.ProcessEnv;
  /** Where the clone is; this one unless told. */
  root?: string;
  print(line: string): void;
}

/** Starts one of our own programs; its lines are printed behind its name. It leaves by itself should we be killed. */
export function startNodeService({ name, entry, env, root = ROOT, print }: NodeServiceOptions): RunningService {
  const flags = ['--enable-source-maps', ...COMPANIONS.flatMap((url) => ['--import', url])];
  const child = spawn(process.execPath, [...flags, join(root, entry)], {
    cwd: root,
    env,
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
  const exited = waitForExit(child);
  const pid = child.pid;
  if (pid === undefined) throw new StartError(`${entry} could not be started.`);
  for (const stream of [child.stdout, child.stderr] as (Readable | null)[]) {
    if (stream) createInterface({ input: stream }).on('line', (line) => print(`${name.padEnd(8)}| ${line}`));
  }
  return { pid, exited, stop: () => stopProcess(pid, 'SIGTERM', STOP_WITHIN_MS) };
}
