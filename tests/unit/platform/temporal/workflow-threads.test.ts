import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, describe, expect, it } from 'vitest';

const COMPANION = new URL('../../../../src/platform/temporal/workflow-threads.ts', import.meta.url).href;
/** Counts the promises that a hook is told of. */
const COUNT = `
  const v8 = require('node:v8');
  let told = 0;
  const stop = v8.promiseHooks.createHook({ init: () => { told += 1; } });
  void Promise.resolve().then(() => undefined);
  stop();`;
const folder = mkdtempSync(join(tmpdir(), 'peyk-threads-'));
const threadFile = join(folder, 'thread.cjs');
writeFileSync(threadFile, `${COUNT} require('node:worker_threads').parentPort.postMessage(told);`);
const THREAD = `new (require('node:worker_threads').Worker)(${JSON.stringify(threadFile)}).once('message', console.log);`;

async function run(program: string, flags: readonly string[]): Promise<number> {
  const { stdout } = await promisify(execFile)(process.execPath, [...flags, '--eval', program]);
  return Number(stdout);
}

afterAll(() => rmSync(folder, { recursive: true }));

describe('what is loaded into the threads of workflows', () => {
  it('tells no hook of the promises made there, so that no stack trace is taken for each', async () => {
    expect(await run(THREAD, ['--import', COMPANION])).toBe(0);
  });

  it('leaves threads alone where it is not loaded, and the main thread in any case', async () => {
    expect(await run(THREAD, [])).toBeGreaterThan(0);
    expect(await run(`${COUNT} console.log(told);`, ['--import', COMPANION])).toBeGreaterThan(0);
  });
});
