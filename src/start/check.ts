// npm run check: format, lint, types, import boundaries, dead code. Everything at once; each step's words only if it fails.
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { checkBoundaries } from './boundaries.ts';
import { waitForExit } from './processes.ts';

const ROOT = join(import.meta.dirname, '../..');
const MODULES = join(ROOT, 'node_modules');

interface Outcome {
  ok: boolean;
  output: string;
}

const STEPS: Record<string, () => Promise<Outcome>> = {
  'format and lint': tool('@biomejs/biome/bin/biome', 'check', '--error-on-warnings', '--max-diagnostics=60', '.'),
  'floating promises': tool('eslint/bin/eslint.js', '--max-warnings=0', '.'),
  types: tool('typescript/bin/tsc', '-p', '.'),
  'types of the panel': existsSync(join(ROOT, 'admin/tsconfig.json'))
    ? tool('typescript/bin/tsc', '-p', 'admin')
    : async () => ({ ok: true, output: '' }),
  'import boundaries': boundaries,
  'dead code': tool('knip/bin/knip.js'),
};

function tool(path: string, ...args: string[]): () => Promise<Outcome> {
  return async () => {
    const child = spawn(process.execPath, [join(MODULES, path), ...args], { cwd: ROOT });
    let output = '';
    const keep = (chunk: Buffer) => {
      output += chunk;
    };
    child.stdout.on('data', keep);
    child.stderr.on('data', keep);
    const { code } = await waitForExit(child);
    return { ok: code === 0, output };
  };
}

async function boundaries(): Promise<Outcome> {
  const { modules, violations } = await checkBoundaries(ROOT);
  if (modules === 0) return { ok: false, output: 'The boundary check looked at no module at all.' };
  return { ok: violations.length === 0, output: violations.join('\n') };
}

async function runStep([name, step]: [string, () => Promise<Outcome>]): Promise<boolean> {
  const startedAt = performance.now();
  const { ok, output } = await step();
  const seconds = ((performance.now() - startedAt) / 1000).toFixed(1);
  console.log(`${ok ? 'ok    ' : 'FAILED'} ${name} (${seconds} s)`);
  if (!ok) console.log(`${output.trimEnd()}\n`);
  return ok;
}

const outcomes = await Promise.all(Object.entries(STEPS).map(runStep));
const failed = outcomes.filter((ok) => !ok).length;
console.log(failed === 0 ? 'All checks passed.' : `${failed} of ${outcomes.length} checks failed.`);
process.exitCode = failed === 0 ? 0 : 1;
