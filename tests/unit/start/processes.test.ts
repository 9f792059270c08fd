import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { findRecorded, processBirth, recordProcess, stopProcess, stopRecorded } from '../../../src/start/processes.ts';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'peyk-processes-'));
});

afterEach(() => rmSync(folder, { recursive: true }));

/** A process that ignores SIGTERM when asked to; resolves once it does. */
async function startProcess(stubborn = false): Promise<number> {
  const program = `${stubborn ? "process.on('SIGTERM', () => {});" : ''} setInterval(() => {}, 1000); console.log('up');`;
  const child = spawn(process.execPath, ['-e', program], { stdio: ['ignore', 'pipe', 'ignore'] });
  await new Promise((resolve) => child.stdout.once('data', resolve));
  return child.pid as number;
}

describe('stopProcess', () => {
  it('ends a process that listens', async () => {
    const pid = await startProcess();
    await stopProcess(pid, 'SIGTERM', 5000);
    expect(processBirth(pid)).toBeNull();
  });

  it('kills a process that does not, once its grace is over', async () => {
    const pid = await startProcess(true);
    await stopProcess(pid, 'SIGTERM', 100);
    expect(processBirth(pid)).toBeNull();
  });
});

describe('findRecorded', () => {
  it('finds a living process, and none after its end', async () => {
    const pid = await startProcess();
    recordProcess(folder, 'one', pid);
    expect(findRecorded(folder, 'one')).toBe(pid);
    await stopProcess(pid, 'SIGTERM', 5000);
    expect(findRecorded(folder, 'one')).toBeNull();
  });

  it('does not take a stranger with the same number for our process', () => {
    writeFileSync(join(folder, 'one.json'), JSON.stringify({ pid: process.pid, bornAt: '1' }));
    expect(findRecorded(folder, 'one')).toBeNull();
  });

  it('takes an unreadable record for none', () => {
    writeFileSync(join(folder, 'one.json'), '{');
    expect(findRecorded(folder, 'one')).toBeNull();
  });
});

describe('stopRecorded', () => {
  it('ends what was recorded and spares strangers', async () => {
    const pid = await startProcess();
    recordProcess(folder, 'ours', pid);
    writeFileSync(join(folder, 'stranger.json'), JSON.stringify({ pid: process.pid, bornAt: '1' }));
    expect(await stopRecorded(folder)).toEqual(['ours']);
    expect(processBirth(pid)).toBeNull();
    expect(await stopRecorded(folder)).toEqual([]);
  });
});
