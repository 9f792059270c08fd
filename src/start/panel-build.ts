import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { withFileLock } from './file-lock.ts';
import { waitForExit } from './processes.ts';
import { StartError } from './start-error.ts';

const ROOT = join(import.meta.dirname, '../..');
const CACHE = join(ROOT, 'node_modules/.cache/peyk');
const STAMP = '.peyk-sources';

/** Builds the panel when its sources changed since the last build. The old build stays in use until the new one is whole. */
export async function buildPanel(say: (line: string) => void, admin = join(ROOT, 'admin')): Promise<void> {
  if (!existsSync(join(admin, 'vite.config.ts'))) return;
  const wanted = hashSources(admin);
  const isFresh = () => readText(join(admin, 'dist', STAMP)) === wanted;
  if (isFresh()) return;
  await withFileLock(join(CACHE, 'panel.lock'), async () => {
    // Whoever held the lock before us may have built it.
    if (isFresh()) return;
    say('Building the panel.');
    await build(admin, wanted);
  });
}

async function build(admin: string, wanted: string): Promise<void> {
  const draft = join(CACHE, 'panel');
  const vite = join(ROOT, 'node_modules/vite/bin/vite.js');
  const child = spawn(
    process.execPath,
    [vite, 'build', admin, '--outDir', draft, '--emptyOutDir', '--logLevel', 'warn'],
    {
      cwd: ROOT,
      env: { ...process.env, NODE_ENV: 'production' },
      stdio: ['ignore', 'pipe', 'pipe'],
    },
  );
  let words = '';
  const keep = (chunk: Buffer) => {
    words += chunk;
  };
  child.stdout.on('data', keep);
  child.stderr.on('data', keep);
  const { code, signal } = await waitForExit(child);
  if (code !== 0) {
    rmSync(draft, { recursive: true, force: true });
    throw new StartError(`The panel could not be built (vite ended with ${code ?? signal}):\n${words.trimEnd()}`);
  }
  writeFileSync(join(draft, STAMP), wanted);
  rmSync(join(admin, 'dist'), { recursive: true, force: true });
  renameSync(draft, join(admin, 'dist'));
}

function hashSources(admin: string): string {
  const hash = createHash('sha256').update(readFileSync(join(ROOT, 'package-lock.json')));
  const entries = readdirSync(admin, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  const sources = files.filter((file) => !/^(dist|node_modules)\//.test(relative(admin, file)));
  for (const file of sources.sort()) hash.update(`\0${relative(admin, file)}\0`).update(readFileSync(file));
  return hash.digest('hex');
}

function readText(file: string): string | null {
  return existsSync(file) ? readFileSync(file, 'utf8') : null;
}
