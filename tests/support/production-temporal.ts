import { spawn, spawnSync } from 'node:child_process';
import { closeSync, existsSync, mkdirSync, openSync, readFileSync, writeFileSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { stringify } from 'yaml';
import { cacheFolder } from '../../src/start/cache-folder.ts';
import { withFileLock } from '../../src/start/file-lock.ts';
import { buildWithGo, findGo } from '../../src/start/go-build.ts';
import { type Exit, stopProcess, waitForExit } from '../../src/start/processes.ts';
import { waitForTemporal } from '../../src/start/temporal.ts';
import { findTemporalCli } from '../../src/start/temporal-cli.ts';

/** Of the images in docker-compose.yml. */
const VERSION = '1.29.1';
const JOBS = join(import.meta.dirname, '../../deploy/temporal');
const NAMESPACE = 'default';
const READY_WITHIN_MS = 90_000;

/** The programs that the images of docker-compose.yml hold. */
export interface ProductionPrograms {
  server: string;
  sqlTool: string;
}

const SOURCES = { server: 'cmd/server', sqlTool: 'cmd/tools/sql' } as const;
const NAMES = { server: 'temporal-server', sqlTool: 'temporal-sql-tool' } as const;

/** The programs, from the cache or built once with Go; where neither is possible, the reason. */
export async function findProductionPrograms(
  env: NodeJS.ProcessEnv = process.env,
  say: (line: string) => void = () => undefined,
  go = findGo(env),
): Promise<ProductionPrograms | string> {
  const home = join(cacheFolder(env), `temporal-server-${VERSION}`);
  const programs = { server: join(home, NAMES.server), sqlTool: join(home, NAMES.sqlTool) };
  const missing = (): (keyof ProductionPrograms)[] =>
    (['server', 'sqlTool'] as const).filter((name) => whyUnusable(programs[name]) !== null);
  if (missing().length === 0) return programs;
  if (go === null) return `the server is not in ${home}, and there is no Go to build it`;
  mkdirSync(home, { recursive: true });
  return withFileLock(`${home}.lock`, async () => {
    for (const name of missing()) {
      const source = `go.temporal.io/server/${SOURCES[name]}@v${VERSION}`;
      const fault = await buildWithGo({ what: NAMES[name], source, target: programs[name], env, say, whyUnusable });
      if (fault !== null) return fault;
    }
    return programs;
  });
}

function whyUnusable(path: string): string | null {
  if (!existsSync(path)) return 'not found';
  const { error, status } = spawnSync(path, ['--version'], { timeout: 20_000 });
  return error ? error.message : status === 0 ? null : `\`--version\` ended with ${status}`;
}

interface ProductionOptions {
  programs: ProductionPrograms;
  folder: string;
  /** The frontend's, and eight more for what its parts say to each other. */
  ports: readonly number[];
  postgres: { port: number; user: string; password: string };
}

export const PORTS = 9;

/** Starts a server with its stores in PostgreSQL, by the steps of docker-compose.yml; returns once its namespace answers. */
export async function startProductionTemporal(
  options: ProductionOptions,
): Promise<{ pid: number; exited: Promise<Exit> }> {
  const { programs, folder, ports } = options;
  const logFile = join(folder, 'temporal.log');
  await makeSchemas(options);
  mkdirSync(join(folder, 'temporal'), { recursive: true });
  writeFileSync(join(folder, 'temporal/peyk.yaml'), stringify(configOf(options)));
  const log = openSync(logFile, 'a');
  const args = ['--root', folder, '--config', 'temporal', '--env', 'peyk', '--allow-no-auth', 'start'];
  const child = spawn(programs.server, args, { detached: true, stdio: ['ignore', log, log] });
  closeSync(log);
  const exited = waitForExit(child);
  const pid = child.pid as number;
  try {
    await makeNamespace(options);
    await waitForTemporal(`127.0.0.1:${ports[0]}`, NAMESPACE, READY_WITHIN_MS, exited);
  } catch (error) {
    await stopProcess(pid, 'SIGTERM', 5000);
    const tail = readFileSync(logFile, 'utf8').split('\n').slice(-12).join('\n');
    throw new Error(`The production server did not come up.\n${tail}`, { cause: error });
  }
  return { pid, exited };
}

/** What the service `temporal-schema` does. */
async function makeSchemas({ programs, postgres }: ProductionOptions): Promise<void> {
  await runJob('schema.sh', [dirname(programs.sqlTool)], {
    SQL_PLUGIN: 'postgres12',
    SQL_HOST: '127.0.0.1',
    SQL_PORT: String(postgres.port),
    SQL_USER: postgres.user,
    SQL_PASSWORD: postgres.password,
  });
}

/** What the service `temporal-namespace` does. */
async function makeNamespace({ ports }: ProductionOptions): Promise<void> {
  const cli = await findTemporalCli({ cliPath: process.env.TEMPORAL_CLI_PATH ?? null });
  await runJob('namespace.sh', [dirname(cli)], {
    TEMPORAL_ADDRESS: `127.0.0.1:${ports[0]}`,
    NAMESPACE,
    RETENTION: '168h',
  });
}

async function runJob(script: string, folders: string[], env: Record<string, string>): Promise<void> {
  const path = [...folders, process.env.PATH ?? ''].join(delimiter);
  const child = spawn('sh', [join(JOBS, script)], {
    env: { PATH: path, HOME: process.env.HOME ?? '', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let said = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => (said += chunk));
  const { code } = await waitForExit(child);
  if (code !== 0) throw new Error(`${script} ended with ${code}:\n${said.split('\n').slice(-12).join('\n')}`);
}

/** What the image makes of the variables in docker-compose.yml, on ports of its own. */
function configOf({ ports, postgres }: ProductionOptions) {
  const [frontend, frontendHttp, ...others] = ports;
  const store = (databaseName: string, maxConns: number) => ({
    sql: {
      pluginName: 'postgres12',
      databaseName,
      connectAddr: `127.0.0.1:${postgres.port}`,
      connectProtocol: 'tcp',
      user: postgres.user,
      password: postgres.password,
      maxConns,
      maxIdleConns: maxConns,
      maxConnLifetime: '1h',
    },
  });
  const rpc = (grpcPort: number | undefined, membershipPort: number | undefined, more = {}) => ({
    rpc: { grpcPort, membershipPort, bindOnIP: '127.0.0.1', ...more },
  });
  return {
    log: { stdout: true, level: 'warn' },
    persistence: {
      numHistoryShards: 4,
      defaultStore: 'default',
      visibilityStore: 'visibility',
      datastores: { default: store('temporal', 20), visibility: store('temporal_visibility', 10) },
    },
    global: { membership: { maxJoinDuration: '30s', broadcastAddress: '127.0.0.1' } },
    services: {
      frontend: rpc(frontend, others[0], { httpPort: frontendHttp }),
      history: rpc(others[1], others[2]),
      matching: rpc(others[3], others[4]),
      worker: rpc(others[5], others[6]),
    },
    clusterMetadata: {
      enableGlobalNamespace: false,
      failoverVersionIncrement: 10,
      masterClusterName: 'active',
      currentClusterName: 'active',
      clusterInformation: {
        active: {
          enabled: true,
          initialFailoverVersion: 1,
          rpcName: 'frontend',
          rpcAddress: `127.0.0.1:${frontend}`,
          httpAddress: `127.0.0.1:${frontendHttp}`,
        },
      },
    },
    dcRedirectionPolicy: { policy: 'noop' },
    publicClient: { hostPort: `127.0.0.1:${frontend}` },
    dynamicConfigClient: { filepath: join(JOBS, 'dynamic-config.yaml'), pollInterval: '60s' },
  };
}
