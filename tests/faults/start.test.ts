import { type ChildProcess, spawn } from 'node:child_process';
import { chmodSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { findRecorded, processBirth, stopProcess, stopRecorded, waitForExit } from '../../src/start/processes.ts';

const ROOT = join(import.meta.dirname, '../..');
const SERVICES = ['api', 'postgres', 'temporal', 'worker'];

let folder: string;
let started: ChildProcess[];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'peyk-start-'));
  chmodSync(folder, 0o711);
  started = [];
});

afterEach(async () => {
  for (const { pid } of started) if (pid !== undefined) await stopProcess(pid, 'SIGTERM', 20_000);
  await stopRecorded(join(folder, 'processes'));
  rmSync(folder, { recursive: true, force: true });
});

/** Runs what `npm start` runs, on free ports and a data folder of the test's own. */
function start(env: NodeJS.ProcessEnv = {}) {
  const ports = { PORT: '0', POSTGRES_PORT: '0', TEMPORAL_PORT: '0', TEMPORAL_UI_PORT: '0' };
  const child = spawn(process.execPath, [join(ROOT, 'src/start/start.ts')], {
    cwd: ROOT,
    env: { ...process.env, NODE_ENV: 'development', PEYK_DATA_DIR: folder, ...ports, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  started.push(child);
  let output = '';
  const keep = (chunk: Buffer) => {
    output += chunk;
  };
  child.stdout.on('data', keep);
  child.stderr.on('data', keep);
  const readyUrl = () => /^ready (http:\S+)$/m.exec(output)?.[1];
  return {
    child,
    output: () => output,
    exited: waitForExit(child),
    async untilReady(): Promise<string> {
      await expect
        .poll(() => readyUrl() ?? (child.exitCode === null ? undefined : output), { timeout: 90_000 })
        .toBeTruthy();
      const url = readyUrl();
      if (!url) throw new Error(`It ended before it was ready:\n${output}`);
      return url;
    },
  };
}

function pidOf(name: string): number | null {
  return findRecorded(join(folder, 'processes'), name);
}

async function isGreen(url: string): Promise<boolean> {
  try {
    const response = await fetch(`${url}/readyz`);
    return ((await response.json()) as { status: string }).status === 'green';
  } catch {
    return false;
  }
}

describe('npm start', () => {
  it('brings back whatever is killed, and leaves nothing when asked to end', async () => {
    const run = start();
    const url = await run.untilReady();
    expect(run.output()).toMatch(/Admin login +admin \/ \S+/);
    // Another address of the loopback: whoever listens on all addresses answers there, too.
    await expect(fetch(url.replace('127.0.0.1', '127.0.0.2'))).rejects.toThrow();
    for (const name of SERVICES) {
      const before = pidOf(name) as number;
      process.kill(before, 'SIGKILL');
      await expect.poll(() => pidOf(name), { timeout: 30_000, message: name }).not.toBe(before);
      await expect.poll(() => pidOf(name), { timeout: 30_000, message: name }).not.toBeNull();
      await expect.poll(() => isGreen(url), { timeout: 30_000, message: name }).toBe(true);
    }
    const pids = SERVICES.map(pidOf);
    const askedAt = Date.now();
    run.child.kill('SIGTERM');
    expect(await run.exited).toEqual({ code: 0, signal: null });
    expect(Date.now() - askedAt).toBeLessThan(10_000);
    expect(pids.map((pid) => processBirth(pid as number))).toEqual([null, null, null, null]);
  });

  it('copes with what a killed start left running, and keeps its data', async () => {
    const first = start();
    await first.untilReady();
    const secrets = readFileSync(join(folder, 'secrets.json'), 'utf8');
    const orphans = ['postgres', 'temporal'].map(pidOf) as number[];
    first.child.kill('SIGKILL');
    await first.exited;
    const second = start();
    await second.untilReady();
    expect(second.output()).toMatch(/Stopped what a killed start had left running: .*postgres.*temporal/);
    expect(orphans.map(processBirth)).toEqual([null, null]);
    expect(second.output()).not.toMatch(/Applied|Admin login|ADMIN_PASSWORD/);
    expect(readFileSync(join(folder, 'secrets.json'), 'utf8')).toBe(secrets);
  });

  it('refuses a data folder that another start uses', async () => {
    const first = start();
    await first.untilReady();
    const second = start();
    expect((await second.exited).code).toBe(1);
    expect(second.output()).toMatch(new RegExp(`already runs on ${folder} \\(process ${first.child.pid}\\)`));
    expect(first.child.exitCode).toBeNull();
  });

  it('names the port that is in use, and its variable', async () => {
    const squatter = createServer();
    await new Promise<void>((resolve) => squatter.listen(0, '127.0.0.1', resolve));
    const { port } = squatter.address() as { port: number };
    const run = start({ PORT: String(port) });
    expect((await run.exited).code).toBe(1);
    expect(run.output()).toMatch(new RegExp(`Port ${port} is in use.*set PORT`));
    await new Promise((resolve) => squatter.close(resolve));
  });

  it('prints the faults of the configuration and starts nothing', async () => {
    const run = start({ DEBOUNCE_MS: 'soon', PORT: 'door' });
    expect((await run.exited).code).toBe(1);
    expect(run.output()).toMatch(/PORT: .*DEBOUNCE_MS: /s);
    expect(SERVICES.map(pidOf)).toEqual([null, null, null, null]);
  });

  it('listens elsewhere when told, and refuses what nobody signed', async () => {
    const run = start({ HOST: '0.0.0.0', WEBHOOK_SECRET: '' });
    const url = await run.untilReady();
    const elsewhere = url.replace('127.0.0.1', '127.0.0.2');
    expect((await fetch(`${elsewhere}/healthz`)).status).toBe(200);
    expect((await fetch(`${elsewhere}/webhook`, { method: 'POST', body: '{}' })).status).toBe(401);
    expect((await fetch(`${elsewhere}/metrics`)).status).toBe(401);
    expect(run.output()).toMatch(/WARNING: WEBHOOK_SECRET is not set\./);
  });

  it('gives up loudly on a service that cannot stay up', async () => {
    const run = start();
    await run.untilReady();
    for (let crash = 0; crash < 5 && run.child.exitCode === null; crash += 1) {
      await expect.poll(() => pidOf('worker')).not.toBeNull();
      process.kill(pidOf('worker') as number, 'SIGKILL');
      await expect.poll(() => pidOf('worker'), { interval: 5 }).toBeNull();
    }
    expect((await run.exited).code).toBe(1);
    expect(run.output()).toMatch(/Peyk cannot run: worker crashed 5 times within 60 s \(last: signal SIGKILL\)/);
    expect(SERVICES.map(pidOf)).toEqual([null, null, null, null]);
  });
});
