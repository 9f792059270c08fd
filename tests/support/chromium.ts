import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { chromium } from '@playwright/test';
import { findOnPath } from '../../src/start/find-on-path.ts';

const INSTALL_TIMEOUT_MS = 600_000;

/**
 * A Chromium for the browser tests: CHROMIUM_PATH, one that is installed, Playwright's own, else one installed now
 * (Debian's as root, Playwright's otherwise). Null, with a loud word about why, when there is none to be had.
 */
export function chromiumPath(): string | null {
  const given = process.env.CHROMIUM_PATH;
  if (given) {
    if (!existsSync(given)) throw new Error(`CHROMIUM_PATH names ${given}, which does not exist.`);
    return given;
  }
  const found = findChromium();
  if (found) return found;
  const faults: string[] = [];
  for (const install of [installFromDebian, installFromPlaywright]) {
    const fault = install();
    const installed = findChromium();
    if (installed) return installed;
    faults.push(fault ?? 'it succeeded, but no program appeared');
  }
  process.stderr.write(
    `\n!!! BROWSER TESTS ARE SKIPPED: no Chromium. apt-get: ${faults[0]}. playwright install: ${faults[1]}.\n` +
      '!!! Install Chromium, or set CHROMIUM_PATH, to run them.\n\n',
  );
  return null;
}

function findChromium(): string | null {
  for (const name of ['chromium', 'chromium-browser', 'google-chrome']) {
    const path = findOnPath(name, process.env, ['/usr/bin']);
    if (path) return path;
  }
  const own = chromium.executablePath();
  return existsSync(own) ? own : null;
}

function installFromDebian(): string | null {
  if (process.getuid?.() !== 0) return 'only root may install packages';
  const apt = findOnPath('apt-get');
  if (!apt) return 'this is not Debian';
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  return (
    run(apt, ['update', '-q'], env) ?? run(apt, ['install', '-y', '-q', '--no-install-recommends', 'chromium'], env)
  );
}

function installFromPlaywright(): string | null {
  const cli = createRequire(import.meta.url).resolve('@playwright/test/cli');
  return run(process.execPath, [cli, 'install', 'chromium'], process.env);
}

function run(file: string, args: string[], env: NodeJS.ProcessEnv): string | null {
  const outcome = spawnSync(file, args, { env, encoding: 'utf8', timeout: INSTALL_TIMEOUT_MS });
  if (outcome.status === 0) return null;
  return outcome.error?.message ?? (outcome.stderr.trim().split('\n').at(-1) || `ended with ${outcome.status}`);
}
