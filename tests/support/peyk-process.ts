import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findFreePort } from '../../src/start/ports.ts';

const ROOT = join(import.meta.dirname, '../..');
const READY_WITHIN_MS = 180_000;

export interface PeykProcess {
  url: string;
  /** Of `npm start` itself; the programs that it watches over are its children. */
  pid: number;
  /** Everything printed so far. */
  output(): string;
  /** As Ctrl-C does; resolves to the exit code. */
  stop(): Promise<number | null>;
}

/** Runs what `npm start` runs, on a free port and in a data folder of its own, until its line `ready`. */
export async function startPeyk(env: Record<string, string>): Promise<PeykProcess> {
  const dataDir = await mkdtemp(join(tmpdir(), 'peyk-start-'));
  const port = await findFreePort();
  const child = spawn(process.execPath, ['src/start/start.ts'], {
    cwd: ROOT,
    env: {
      ...process.env,
      NODE_ENV: 'development',
      LOG_LEVEL: 'warn',
      PORT: String(port),
      PEYK_DATA_DIR: dataDir,
      ...env,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => (output += chunk));
  const stop = async (): Promise<number | null> => {
    if (child.exitCode === null && child.signalCode === null) {
      child.kill('SIGINT');
      await once(child, 'exit');
    }
    await rm(dataDir, { recursive: true, force: true });
    return child.exitCode;
  };
  try {
    await untilReady(child, () => output, port);
  } catch (error) {
    await stop();
    throw error;
  }
  return { url: `http://127.0.0.1:${port}`, pid: child.pid as number, output: () => output, stop };
}

async function untilReady(child: ChildProcess, output: () => string, port: number): Promise<void> {
  const endsAtMs = Date.now() + READY_WITHIN_MS;
  while (!output().includes(`\nready http://127.0.0.1:${port}\n`)) {
    if (child.exitCode !== null || Date.now() > endsAtMs) throw new Error(`Peyk did not become ready:\n${output()}`);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}
