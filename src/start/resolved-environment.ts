import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const FILE = 'environment.json';

/** Writes what a start worked out (addresses, generated secrets), so that operator commands reach the running servers. */
export function writeResolvedEnvironment(dataFolder: string, environment: Record<string, string>): void {
  const draft = join(dataFolder, `${FILE}.new`);
  writeFileSync(draft, `${JSON.stringify(environment, null, 2)}\n`, { mode: 0o600 });
  renameSync(draft, join(dataFolder, FILE));
}

/** What the running start wrote; empty when none runs. */
export function readResolvedEnvironment(dataFolder: string): Record<string, string> {
  try {
    return JSON.parse(readFileSync(join(dataFolder, FILE), 'utf8')) as Record<string, string>;
  } catch {
    return {};
  }
}

export function removeResolvedEnvironment(dataFolder: string): void {
  rmSync(join(dataFolder, FILE), { force: true });
}
