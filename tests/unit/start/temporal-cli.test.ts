import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { findTemporalCli } from '../../../src/start/temporal-cli.ts';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'peyk-cli-'));
});

afterEach(() => rmSync(folder, { recursive: true }));

function writeProgram(path: string, says: string): string {
  mkdirSync(join(path, '..'), { recursive: true });
  writeFileSync(path, `#!/bin/sh\necho "${says}"\n`);
  chmodSync(path, 0o755);
  return path;
}

describe('findTemporalCli', () => {
  it('takes the given program before any other', async () => {
    const given = writeProgram(join(folder, 'mine'), 'temporal version 1.5.1');
    writeProgram(join(folder, 'bin/temporal'), 'temporal version 1.5.1');
    expect(await findTemporalCli({ cliPath: given, env: { PATH: join(folder, 'bin') } })).toBe(given);
  });

  it('refuses a given program that is something else, and looks no further', async () => {
    const given = writeProgram(join(folder, 'mine'), 'hello');
    await expect(findTemporalCli({ cliPath: given })).rejects.toThrow(/TEMPORAL_CLI_PATH names .*not the Temporal CLI/);
    await expect(findTemporalCli({ cliPath: join(folder, 'no') })).rejects.toThrow(/not found/);
  });

  it('takes the one on PATH before the cache', async () => {
    const onPath = writeProgram(join(folder, 'bin/temporal'), 'temporal version 1.5.1');
    writeProgram(join(folder, 'cache/peyk/temporal-1.5.1/temporal'), 'temporal version 1.5.1');
    const env = { PATH: join(folder, 'bin'), XDG_CACHE_HOME: join(folder, 'cache') };
    expect(await findTemporalCli({ env })).toBe(onPath);
  });

  it('takes the cached one when the one on PATH does not run', async () => {
    writeProgram(join(folder, 'bin/temporal'), 'something else');
    const cached = writeProgram(join(folder, 'cache/peyk/temporal-1.5.1/temporal'), 'temporal version 1.5.1');
    const env = { PATH: `${join(folder, 'bin')}:/usr/bin:/bin`, XDG_CACHE_HOME: join(folder, 'cache') };
    expect(await findTemporalCli({ env })).toBe(cached);
  });
});
