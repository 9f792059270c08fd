import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { cacheFolder } from './cache-folder.ts';
import { fetchTemporal } from './fetch-temporal.ts';
import { withFileLock } from './file-lock.ts';
import { findOnPath } from './find-on-path.ts';
import { buildWithGo } from './go-build.ts';
import { StartError } from './start-error.ts';

const VERSION = '1.5.1';
const GO_PACKAGE = `github.com/temporalio/cli/cmd/temporal@v${VERSION}`;
const NAME = process.platform === 'win32' ? 'temporal.exe' : 'temporal';

export interface CliOptions {
  /** TEMPORAL_CLI_PATH; when given, nothing else is tried. */
  cliPath?: string | null;
  env?: NodeJS.ProcessEnv;
  say?: (line: string) => void;
}

/**
 * The path of a `temporal` program: the given one, the one on PATH, the cache, the official download, or one built by
 * Go. The first that runs wins. Throws StartError that lists what was tried and what the reader can do.
 */
export async function findTemporalCli({ cliPath, env = process.env, say = () => undefined }: CliOptions = {}) {
  if (cliPath) {
    const fault = whyUnusable(cliPath);
    if (fault) throw new StartError(`TEMPORAL_CLI_PATH names ${cliPath}, which cannot be used: ${fault}`);
    return cliPath;
  }
  const tried: string[] = [];
  const onPath = findOnPath(NAME, env);
  if (!onPath) tried.push('`temporal` on PATH: not found');
  else if (whyUnusable(onPath)) tried.push(`${onPath}: ${whyUnusable(onPath)}`);
  else return onPath;
  const home = join(cacheFolder(env), `temporal-${VERSION}`);
  const cached = join(home, NAME);
  if (!whyUnusable(cached)) return cached;
  tried.push(`${cached}: ${whyUnusable(cached)}`);
  return withFileLock(
    `${home}.lock`,
    async () => {
      // Whoever held the lock before us may have brought it.
      if (!whyUnusable(cached)) return cached;
      mkdirSync(home, { recursive: true });
      for (const bring of [download, build]) {
        const fault = await bring(cached, env, say);
        if (fault === null) return cached;
        tried.push(fault);
      }
      throw new StartError(noCliMessage(tried));
    },
    () => say('Another start is fetching the Temporal server; waiting for it.'),
  );
}

function noCliMessage(tried: string[]): string {
  return [
    'No Temporal server could be found or fetched. Tried, in this order:',
    ...tried.map((line) => `  - ${line}`),
    'Any one of these helps:',
    '  - set TEMPORAL_ADDRESS to a running Temporal server;',
    '  - install the Temporal CLI and put it on PATH, or set TEMPORAL_CLI_PATH to it;',
    '  - install Go 1.24 or newer, and start again: the server is then built once, in a few minutes.',
  ].join('\n');
}

/** Null when the program runs; else the reason. */
function whyUnusable(path: string): string | null {
  if (!existsSync(path)) return 'not found';
  const run = spawnSync(path, ['--version'], { encoding: 'utf8', timeout: 20_000 });
  if (run.error) return run.error.message;
  if (run.status !== 0) return `\`--version\` ended with ${run.status ?? run.signal}`;
  return /temporal version/i.test(run.stdout) ? null : 'it is not the Temporal CLI';
}

type Bring = (target: string, env: NodeJS.ProcessEnv, say: (line: string) => void) => Promise<string | null>;

const download: Bring = async (target, _env, say) => {
  say('Fetching the Temporal server (official download).');
  const fault = (await fetchTemporal('dev-server', target, VERSION)) ?? whyUnusable(target);
  return fault === null ? null : `official download: ${fault}`;
};

const build: Bring = (target, env, say) =>
  buildWithGo({ what: 'the Temporal server', source: GO_PACKAGE, target, env, say, whyUnusable });
