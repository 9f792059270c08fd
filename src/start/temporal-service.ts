import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Connection } from '@temporalio/client';
import proto from '@temporalio/proto';
import { CONVERSATIONS_QUEUE } from '../conversations/core/version.ts';
import { connectionOptions, type TemporalSettings } from '../platform/temporal/client.ts';
import { claimPort } from './ports.ts';
import { reasonOf, StartError } from './start-error.ts';
import type { Service } from './supervisor.ts';
import { SEARCH_ATTRIBUTES, startTemporal } from './temporal.ts';
import { findTemporalCli } from './temporal-cli.ts';

const CALL_MS = 5000;

interface EmbeddedTemporalOptions {
  dataFolder: string;
  port: number;
  uiPort: number;
  namespace: string;
  cliPath: string | null;
  say(line: string): void;
}

/** The dev server as a service, always on the same ports and file. */
export async function embeddedTemporal(
  options: EmbeddedTemporalOptions,
): Promise<{ service: Service; address: string; uiUrl: string }> {
  const { dataFolder, namespace, cliPath, say } = options;
  const port = await claimPort(options.port, 'TEMPORAL_PORT');
  const uiPort = await claimPort(options.uiPort, 'TEMPORAL_UI_PORT');
  const program = await findTemporalCli({ cliPath, say });
  const databaseFile = join(dataFolder, 'temporal/temporal.db');
  const logFile = join(dataFolder, 'logs/temporal.log');
  const start = () => startTemporal({ cliPath: program, port, uiPort, namespace, databaseFile, logFile });
  return { service: { name: 'temporal', start }, address: `127.0.0.1:${port}`, uiUrl: `http://127.0.0.1:${uiPort}` };
}

/** Checks that a server which the reader named answers, and gives it our search attributes if it lets us. */
export async function prepareGivenTemporal(settings: TemporalSettings, say: (line: string) => void): Promise<void> {
  await withConnection(settings, async (connection) => {
    const { namespace } = settings;
    await connection.withDeadline(Date.now() + CALL_MS, () =>
      connection.workflowService.describeNamespace({ namespace }),
    );
    try {
      await addSearchAttributes(connection, namespace);
    } catch (error) {
      say(
        `Temporal did not take our search attributes (${reasonOf(error)}). If they are missing, add them by hand: ` +
          `${SEARCH_ATTRIBUTES.join(', ')}, each of type Keyword.`,
      );
    }
  }).catch((error: unknown) => {
    throw new StartError(
      `Temporal at ${settings.address} (TEMPORAL_ADDRESS) cannot be used for namespace "${settings.namespace}": ` +
        reasonOf(error),
    );
  });
}

async function addSearchAttributes(connection: Connection, namespace: string): Promise<void> {
  const KEYWORD = proto.temporal.api.enums.v1.IndexedValueType.INDEXED_VALUE_TYPE_KEYWORD;
  const known = await connection.operatorService.listSearchAttributes({ namespace });
  const missing = SEARCH_ATTRIBUTES.filter((name) => known.customAttributes?.[name] === undefined);
  if (missing.length === 0) return;
  const searchAttributes = Object.fromEntries(missing.map((name) => [name, KEYWORD]));
  await connection.operatorService.addSearchAttributes({ namespace, searchAttributes });
}

/** Waits until a worker asks for conversations; a start is not ready while nobody answers. False when none came. */
export async function waitForWorker(settings: TemporalSettings, withinMs: number): Promise<boolean> {
  const deadline = Date.now() + withinMs;
  const request = {
    namespace: settings.namespace,
    taskQueue: { name: CONVERSATIONS_QUEUE },
    taskQueueType: proto.temporal.api.enums.v1.TaskQueueType.TASK_QUEUE_TYPE_WORKFLOW,
  };
  return withConnection(settings, async (connection) => {
    while (Date.now() < deadline) {
      const { pollers } = await connection.workflowService.describeTaskQueue(request).catch(() => ({ pollers: [] }));
      if ((pollers ?? []).length > 0) return true;
      await sleep(200);
    }
    return false;
  });
}

async function withConnection<T>(settings: TemporalSettings, use: (connection: Connection) => Promise<T>): Promise<T> {
  const connection = await Connection.connect({ ...connectionOptions(settings), connectTimeout: CALL_MS });
  try {
    return await use(connection);
  } finally {
    await connection.close();
  }
}
