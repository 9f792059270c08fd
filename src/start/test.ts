// npm test: every test, by vitest, and whatever happens to vitest nothing that it started stays behind.
import { spawn } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { constants } from 'node:os';
import { join } from 'node:path';
import { closeRunFolder, openRunFolder, sweepRunFolders } from '../../tests/support/run-folder.ts';
import { waitForExit } from './processes.ts';

const ROOT = join(import.meta.dirname, '../..');
const REPORT = join(ROOT, 'tests/.artifacts/report.json');

interface Report {
  numPassedTests: number;
  numFailedTests: number;
  numPendingTests: number;
  numFailedTestSuites: number;
}

async function main(): Promise<number> {
  await sweepRunFolders();
  rmSync(REPORT, { force: true });
  mkdirSync(join(ROOT, 'tests/.artifacts'), { recursive: true });
  const runFolder = openRunFolder();
  const vitest = join(ROOT, 'node_modules/vitest/vitest.mjs');
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${REPORT}`];
  const child = spawn(process.execPath, [vitest, 'run', ...reporters, ...process.argv.slice(2)], {
    cwd: ROOT,
    env: {
      ...process.env,
      NODE_ENV: 'test',
      PEYK_TEST_RUN_FOLDER: runFolder,
      // A run starts hundreds of processes of the same sources: each compiles what none before it has.
      NODE_COMPILE_CACHE: join(runFolder, 'compiled'),
    },
    stdio: 'inherit',
  });
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => child.kill(signal));
  process.on('disconnect', () => child.kill('SIGTERM'));
  const { code, signal } = await waitForExit(child);
  await closeRunFolder(runFolder);
  const exitCode = code ?? 128 + (signal ? constants.signals[signal] : 0);
  summarise(exitCode);
  return exitCode;
}

/** The last line is for programs that read logs: how many passed and how many failed. */
function summarise(exitCode: number): void {
  let passed = 0;
  let failed = exitCode === 0 ? 0 : 1;
  try {
    const report = JSON.parse(readFileSync(REPORT, 'utf8')) as Report;
    passed = report.numPassedTests;
    // A file that could not even be loaded fails as a suite, with no test to count.
    if (exitCode !== 0) failed = Math.max(report.numFailedTests, report.numFailedTestSuites > 0 ? 1 : 0, 1);
    if (report.numPendingTests > 0) console.log(`${report.numPendingTests} skipped`);
  } catch {
    console.log('vitest left no report; see its words above.');
  }
  console.log(`${passed} passed, ${failed} failed`);
}

process.exitCode = await main();
process.disconnect?.();
