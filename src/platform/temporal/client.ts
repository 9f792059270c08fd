import { readFileSync } from 'node:fs';
import { Client, Connection } from '@temporalio/client';

export interface TemporalSettings {
  address: string;
  namespace: string;
  apiKey: string | null;
  tlsCaPath: string | null;
  tlsCertPath: string | null;
  tlsKeyPath: string | null;
}

interface ConnectionSettings {
  address: string;
  apiKey?: string;
  tls?: true | { serverRootCACertificate?: Buffer; clientCertPair?: { crt: Buffer; key: Buffer } };
}

/** Connection options for client and worker alike: plain, mutual TLS, or an API key (which implies TLS). */
export function connectionOptions(settings: TemporalSettings): ConnectionSettings {
  const { address, apiKey, tlsCaPath, tlsCertPath, tlsKeyPath } = settings;
  const certificates = {
    ...(tlsCaPath ? { serverRootCACertificate: readFileSync(tlsCaPath) } : {}),
    ...(tlsCertPath && tlsKeyPath
      ? { clientCertPair: { crt: readFileSync(tlsCertPath), key: readFileSync(tlsKeyPath) } }
      : {}),
  };
  const usesTls = Object.keys(certificates).length > 0;
  return { address, ...(usesTls ? { tls: certificates } : apiKey ? { tls: true } : {}), ...(apiKey ? { apiKey } : {}) };
}

/** A client that connects on first use, so that webhooks are taken while Temporal is away. */
export function openTemporal(settings: TemporalSettings): Client {
  const connection = Connection.lazy(connectionOptions(settings));
  return new Client({ connection, namespace: settings.namespace });
}

/** True when the server answers within `timeoutMs`. */
export async function isTemporalUp(client: Client, timeoutMs = 2000): Promise<boolean> {
  try {
    await client.connection.withDeadline(Date.now() + timeoutMs, () => client.workflowService.getSystemInfo({}));
    return true;
  } catch {
    return false;
  }
}

/** A poller seen this long ago counts as gone; long polls come back every minute. */
const POLLER_AGE_MS = 75_000;
/** While tasks wait this long, a poller that was not seen meanwhile is gone: a poll that is alive takes one at once. */
const BACKLOG_AGE_MS = 20_000;
/** Temporal's numbers of what a task queue holds. */
const TASKS = { workflows: 1, activities: 2 } as const;

export interface WantedWorkers {
  tasks?: keyof typeof TASKS;
  timeoutMs?: number;
}

/** True when at least one worker asks for the tasks of a task queue. */
export async function hasWorkers(
  client: Client,
  taskQueue: string,
  { tasks = 'workflows', timeoutMs = 2000 }: WantedWorkers = {},
): Promise<boolean> {
  const { pollers, stats } = await client.connection.withDeadline(Date.now() + timeoutMs, () =>
    client.workflowService.describeTaskQueue({
      namespace: client.options.namespace,
      taskQueue: { name: taskQueue },
      taskQueueType: TASKS[tasks],
      reportStats: true,
    }),
  );
  const isWaiting = Number(stats?.approximateBacklogAge?.seconds ?? 0) * 1000 >= BACKLOG_AGE_MS;
  const seenSinceMs = Date.now() - (isWaiting ? BACKLOG_AGE_MS : POLLER_AGE_MS);
  return (pollers ?? []).some((poller) => Number(poller.lastAccessTime?.seconds ?? 0) * 1000 > seenSinceMs);
}
