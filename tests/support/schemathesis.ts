import { execFile, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { cacheFolder } from '../../src/start/cache-folder.ts';
import { withFileLock } from '../../src/start/file-lock.ts';
import { findOnPath } from '../../src/start/find-on-path.ts';

const VERSION = '4.32.5';
const INSTALL_WITHIN_MS = 300_000;

/**
 * The path of Schemathesis, an independent tester of OpenAPI documents, installed into the cache when it is missing.
 * Null, with a loud word about why, when there is no Python or the package cannot be had: its test must then skip.
 */
export async function schemathesisPath(): Promise<string | null> {
  const home = join(cacheFolder(), `schemathesis-${VERSION}`);
  const program = join(home, 'bin', 'schemathesis');
  // Written last, so that a broken installation is not taken for one.
  const isWhole = () => existsSync(program) && spawnSync(program, ['--version'], { timeout: 60_000 }).status === 0;
  if (isWhole()) return program;
  return withFileLock(`${home}.lock`, async () => {
    if (isWhole()) return program;
    const fault = install(home);
    if (fault === null) return program;
    process.stderr.write(
      `\n!!! THE TEST OF THE OPENAPI DOCUMENT BY SCHEMATHESIS IS SKIPPED: ${fault}\n` +
        '!!! Install Python 3.10 or newer with venv and pip, and give it a package registry, to run it.\n\n',
    );
    return null;
  });
}

/** Null when it is in place, else the reason. */
function install(home: string): string | null {
  const python = findOnPath('python3');
  if (!python) return '`python3` is not on PATH.';
  mkdirSync(dirname(home), { recursive: true });
  rmSync(home, { recursive: true, force: true });
  const steps = [
    [python, ['-m', 'venv', home]],
    [join(home, 'bin', 'pip'), ['install', '--quiet', '--disable-pip-version-check', `schemathesis==${VERSION}`]],
  ] as const;
  for (const [command, args] of steps) {
    const step = spawnSync(command, args, { encoding: 'utf8', timeout: INSTALL_WITHIN_MS });
    if (step.status === 0) continue;
    rmSync(home, { recursive: true, force: true });
    return (step.stderr || String(step.error ?? 'it failed')).trim().split('\n').slice(-2).join(' ');
  }
  return null;
}

/** Runs it; resolves to its exit code and all that it printed. */
export function runSchemathesis(
  program: string,
  args: readonly string[],
  { cwd, timeoutMs }: { cwd: string; timeoutMs: number },
): Promise<{ code: number; output: string }> {
  return new Promise((resolve) => {
    const options = { cwd, timeout: timeoutMs, maxBuffer: 64 * 1024 * 1024 };
    execFile(program, args, options, (error, stdout, stderr) => {
      const code = error ? (typeof error.code === 'number' ? error.code : 1) : 0;
      resolve({ code, output: stdout + stderr });
    });
  });
}
