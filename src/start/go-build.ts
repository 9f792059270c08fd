import { spawn } from 'node:child_process';
import { mkdtempSync, renameSync, rmSync } from 'node:fs';
import { basename, join } from 'node:path';
import { findOnPath } from './find-on-path.ts';
import { waitForExit } from './processes.ts';

export interface GoBuild {
  /** What is built, as people name it. */
  what: string;
  /** Package and version, as `go install` takes them. */
  source: string;
  /** Where the program is to be. */
  target: string;
  env: NodeJS.ProcessEnv;
  say: (line: string) => void;
  /** Null when the built program runs; else the reason. */
  whyUnusable: (path: string) => string | null;
}

/** The Go that would build; null where there is none. */
export function findGo(env: NodeJS.ProcessEnv): string | null {
  return findOnPath('go', env, ['/usr/local/go/bin', '/usr/lib/go/bin']);
}

/** Builds a program with Go and moves it to its place when it runs. Returns null, or the reason why it is not there. */
export async function buildWithGo({ what, source, target, env, say, whyUnusable }: GoBuild): Promise<string | null> {
  const go = findGo(env);
  if (!go) return 'build with Go: no `go` on PATH';
  const folder = mkdtempSync(`${target}.build-`);
  try {
    say(`Building ${what} once with Go (go install ${source}); this takes a few minutes.`);
    const child = spawn(go, ['install', '-ldflags=-s -w', source], {
      env: { ...env, GOBIN: folder, CGO_ENABLED: '0', GOFLAGS: '' },
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    let stderr = '';
    child.stderr.on('data', (chunk: Buffer) => {
      stderr = (stderr + chunk).slice(-4000);
    });
    const startedAt = Date.now();
    const progress = setInterval(
      () => say(`Still building (${Math.round((Date.now() - startedAt) / 1000)} s).`),
      30_000,
    );
    // Whoever stops us while it builds stops the build too.
    const stopBuild = () => child.kill();
    process.once('exit', stopBuild);
    const { code } = await waitForExit(child).finally(() => {
      clearInterval(progress);
      process.off('exit', stopBuild);
    });
    const built = join(folder, basename(source.split('@')[0] ?? ''));
    const fault = code === 0 ? whyUnusable(built) : stderr.trim().split('\n').slice(-3).join(' | ');
    if (fault !== null) return `build with Go (${go}): ${fault || `ended with ${code}`}`;
    renameSync(built, target);
    return null;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
