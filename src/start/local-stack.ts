import { chmodSync, mkdirSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Config, loadConfig } from '../config.ts';
import { localUrl } from '../platform/http/local-url.ts';
import type { TemporalSettings } from '../platform/temporal/client.ts';
import { announce } from './announce.ts';
import { embeddedDatabase, prepareDatabase } from './database.ts';
import { releaseFileLock, takeFileLock } from './file-lock.ts';
import { startNodeService } from './node-service.ts';
import { buildPanel } from './panel-build.ts';
import { claimPort } from './ports.ts';
import { forgetProcess, recordProcess, stopRecorded } from './processes.ts';
import { removeResolvedEnvironment, writeResolvedEnvironment } from './resolved-environment.ts';
import { keepSecrets, type Secrets } from './secrets.ts';
import { reasonOf, StartError } from './start-error.ts';
import { type Service, type Supervised, supervise } from './supervisor.ts';
import { embeddedTemporal, prepareGivenTemporal, waitForWorker } from './temporal-service.ts';
import { buildWorkflows } from './workflow-build.ts';

const READY_WITHIN_MS = 120_000;

/** Everything that one `npm start` runs: it opens in order, and closes in the reverse order whatever was opened. */
export class LocalStack {
  readonly #say: (line: string) => void;
  #closing = false;
  #dataFolder: string | null = null;
  #giveUp: (error: unknown) => void = () => undefined;
  /** In the order of their start. */
  readonly #services: Supervised[] = [];

  constructor(say: (line: string) => void) {
    this.#say = say;
  }

  /** Starts all and says so. Rejects with ConfigError or StartError; `giveUp` is told when a service keeps crashing. */
  async open(env: NodeJS.ProcessEnv, giveUp: (error: unknown) => void): Promise<void> {
    this.#giveUp = giveUp;
    const config = loadConfig(env);
    const dataFolder = await this.#takeDataFolder(config);
    const { secrets, fresh } = keepSecrets(dataFolder);
    const port = await claimPort(config.port, 'PORT', config.host);
    const builds = Promise.all([buildPanel(this.#say), buildWorkflows(this.#say)]);
    // Awaited below; until then a failure must not count as unheard.
    builds.catch(() => undefined);
    const databaseUrl = config.databaseUrl ?? (await this.#startDatabase(config, dataFolder, secrets));
    const { hasUsers } = await prepareDatabase(
      databaseUrl,
      config.databaseUrl ? config.databaseAdminUrl : null,
      this.#say,
    );
    const temporal = await this.#startTemporal(config, dataFolder);
    await builds;
    const resolved = resolveEnvironment(config, secrets, { port, databaseUrl, dataFolder, hasUsers, ...temporal });
    writeResolvedEnvironment(dataFolder, resolved);
    const childEnv = { ...env, ...resolved };
    await this.#run('api', async () => this.#nodeService('api', 'src/api.ts', childEnv));
    await this.#run('worker', async () => this.#nodeService('worker', 'src/worker.ts', childEnv));
    const home = localUrl(config.host, port);
    await this.#waitUntilReady(home, { ...config.temporal, address: temporal.address });
    if (this.#closing) return;
    const showPassword = fresh && !hasUsers && config.auth.adminPassword === null;
    announce(this.#say, config, {
      home,
      uiUrl: config.temporal.hasUi ? temporal.uiUrl : null,
      adminPassword: showPassword ? secrets.adminPassword : null,
    });
  }

  /** Stops all that runs: first who serves, then what they need. */
  async close(): Promise<void> {
    this.#closing = true;
    if (this.#services.length > 0) this.#say('Stopping.');
    const ours = this.#services.filter(({ name }) => name === 'api' || name === 'worker');
    const stores = this.#services.filter((service) => !ours.includes(service));
    await Promise.all(ours.map((service) => service.stop()));
    await Promise.all(stores.map((service) => service.stop()));
    if (this.#dataFolder === null) return;
    for (const { name } of this.#services) forgetProcess(processFolder(this.#dataFolder), name);
    removeResolvedEnvironment(this.#dataFolder);
    releaseFileLock(lockOf(this.#dataFolder));
  }

  async #takeDataFolder(config: Config): Promise<string> {
    const folder = resolve(config.dataDir);
    try {
      mkdirSync(folder, { recursive: true, mode: 0o711 });
      mkdirSync(processFolder(folder), { recursive: true, mode: 0o700 });
    } catch (error) {
      throw new StartError(`The data folder cannot be written: ${reasonOf(error)}. Set PEYK_DATA_DIR to another one.`);
    }
    // Nobody else needs to list it, whoever made it.
    if (statSync(folder).uid === process.getuid?.()) chmodSync(folder, 0o711);
    const holder = await takeFileLock(lockOf(folder));
    if (holder !== null) {
      throw new StartError(
        `Peyk already runs on ${folder} (process ${holder}). Stop that one first, or set PEYK_DATA_DIR to another folder.`,
      );
    }
    this.#dataFolder = folder;
    const stopped = await stopRecorded(processFolder(folder));
    if (stopped.length > 0) this.#say(`Stopped what a killed start had left running: ${stopped.join(', ')}.`);
    return folder;
  }

  async #startDatabase(config: Config, dataFolder: string, secrets: Secrets): Promise<string> {
    this.#say('Starting PostgreSQL.');
    const { service, url } = await embeddedDatabase(dataFolder, config.postgresPort, secrets.postgresPassword);
    await this.#run(service.name, service.start);
    return url;
  }

  async #startTemporal(config: Config, dataFolder: string): Promise<{ address: string; uiUrl: string }> {
    const { address, namespace, port, uiPort, uiUrl, cliPath } = config.temporal;
    if (address) {
      await prepareGivenTemporal({ ...config.temporal, address }, this.#say);
      return { address, uiUrl };
    }
    this.#say('Starting Temporal.');
    const embedded = await embeddedTemporal({ dataFolder, port, uiPort, namespace, cliPath, say: this.#say });
    await this.#run(embedded.service.name, embedded.service.start);
    return embedded;
  }

  async #nodeService(name: string, entry: string, env: NodeJS.ProcessEnv) {
    return startNodeService({ name, entry, env, print: this.#say });
  }

  /** Starts one service under supervision and writes its process down. */
  async #run(name: string, start: Service['start']): Promise<void> {
    if (this.#closing) return;
    const recorded = async () => {
      const running = await start();
      if (this.#dataFolder) recordProcess(processFolder(this.#dataFolder), name, running.pid);
      return running;
    };
    const supervised = await supervise(
      { name, start: recorded },
      { say: this.#say, giveUp: (reason) => this.#giveUp(new StartError(reason)) },
    );
    // Asked to close while it started: nobody else knows of it.
    if (this.#closing) await supervised.stop();
    else this.#services.push(supervised);
  }

  /** Waits for the API to be green and for a worker to listen. */
  async #waitUntilReady(home: string, temporal: TemporalSettings): Promise<void> {
    const deadline = Date.now() + READY_WITHIN_MS;
    let answer = 'no answer';
    while (!this.#closing && Date.now() < deadline) {
      answer = await readReadiness(home);
      if (answer === 'green') break;
      await sleep(150);
    }
    if (this.#closing) return;
    if (answer !== 'green') throw new StartError(`The API did not become ready; /readyz says: ${answer}.`);
    if (await waitForWorker(temporal, Math.max(deadline - Date.now(), 1000))) return;
    if (!this.#closing) throw new StartError('The worker did not begin to listen; its own words are above.');
  }
}

function processFolder(dataFolder: string): string {
  return join(dataFolder, 'processes');
}

function lockOf(dataFolder: string): string {
  return join(dataFolder, 'lock');
}

async function readReadiness(home: string): Promise<string> {
  try {
    const response = await fetch(`${home}/readyz`, { signal: AbortSignal.timeout(3000) });
    const body = (await response.json()) as { status?: string; temporal?: string };
    // Work that waits, and sends that are held back, are what the panel is needed for.
    const isReady = body.status === 'green' || (body.status === 'yellow' && body.temporal === 'ok');
    return isReady ? 'green' : JSON.stringify(body);
  } catch (error) {
    return reasonOf(error);
  }
}

interface Found {
  port: number;
  databaseUrl: string;
  dataFolder: string;
  address: string;
  uiUrl: string;
  /** Nobody needs the first password any more. */
  hasUsers: boolean;
}

/** The environment of our programs: what was given, completed by what was found or made up. */
function resolveEnvironment(config: Config, secrets: Secrets, found: Found): Record<string, string> {
  return {
    PORT: String(found.port),
    PEYK_DATA_DIR: found.dataFolder,
    DATABASE_URL: found.databaseUrl,
    // Who serves strangers must not know it.
    DATABASE_ADMIN_URL: '',
    TEMPORAL_ADDRESS: found.address,
    TEMPORAL_NAMESPACE: config.temporal.namespace,
    TEMPORAL_UI_URL: found.uiUrl,
    JWT_SECRET: config.auth.jwtSecret ?? secrets.jwtSecret,
    ENCRYPTION_KEYS: config.auth.encryptionKeys ?? secrets.encryptionKeys,
    // Once there are users, only one that was given is compared with theirs.
    ADMIN_PASSWORD: config.auth.adminPassword ?? (found.hasUsers ? '' : secrets.adminPassword),
  };
}
