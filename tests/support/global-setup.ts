import { chmodSync } from 'node:fs';
import { join } from 'node:path';
import pg from 'pg';
import type { TestProject } from 'vitest/node';
import { migrate } from '../../src/platform/database/migrate.ts';
import { findFreePort } from '../../src/start/ports.ts';
import { ensureDatabase, startPostgres } from '../../src/start/postgres.ts';
import { recordProcess } from '../../src/start/processes.ts';
import { startTemporal } from '../../src/start/temporal.ts';
import { findTemporalCli } from '../../src/start/temporal-cli.ts';
import { closeRunFolder, openRunFolder, processFolder, sweepRunFolders } from './run-folder.ts';
import { TEMPLATE_DATABASE, type TestServices } from './services.ts';

/** Several projects ask for the services; each evaluates this module anew, so the count lives where they all see it. */
const shared = globalThis as { peykTestServices?: { users: number; ready: Promise<TestServices> } };

export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  shared.peykTestServices ??= { users: 0, ready: startServices() };
  const services = shared.peykTestServices;
  services.users += 1;
  project.provide('services', await services.ready);
  return async () => {
    services.users -= 1;
    if (services.users > 0) return;
    delete shared.peykTestServices;
    await closeRunFolder((await services.ready).runFolder);
  };
}

async function startServices(): Promise<TestServices> {
  await sweepRunFolders();
  const runFolder = openRunFolder();
  chmodSync(runFolder, 0o711);
  try {
    const [postgresUrl, temporalAddress] = await Promise.all([preparePostgres(runFolder), prepareTemporal(runFolder)]);
    return { runFolder, postgresUrl, temporalAddress, temporalNamespace: 'default' };
  } catch (error) {
    await closeRunFolder(runFolder);
    throw error;
  }
}

async function preparePostgres(runFolder: string): Promise<string> {
  const server = await startPostgres({
    folder: join(runFolder, 'postgres'),
    port: await findFreePort(),
    password: 'tests-only',
    logFile: join(runFolder, 'postgres.log'),
    // Nothing of a test run outlives it, so nothing need reach the disk. Fault tests start a durable cluster instead.
    settings: { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off', max_connections: '300' },
  });
  recordProcess(processFolder(runFolder), 'postgres', server.pid);
  await ensureDatabase(server, TEMPLATE_DATABASE);
  await migrate(server.url(TEMPLATE_DATABASE));
  const client = new pg.Client({ connectionString: server.url('postgres') });
  await client.connect();
  await client.query(`alter database ${TEMPLATE_DATABASE} with is_template true allow_connections false`);
  await client.end();
  return server.url('postgres');
}

async function prepareTemporal(runFolder: string): Promise<string> {
  const server = await startTemporal({
    cliPath: await findTemporalCli({
      cliPath: process.env.TEMPORAL_CLI_PATH ?? null,
      say: (line) => process.stderr.write(`${line}\n`),
    }),
    port: await findFreePort(),
    namespace: 'default',
    logFile: join(runFolder, 'temporal.log'),
  });
  recordProcess(processFolder(runFolder), 'temporal', server.pid);
  return server.address;
}
