import { randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Client } from '@temporalio/client';
import { NativeConnection } from '@temporalio/worker';
import { registerSearchAttributes } from '../../src/conversations/search-attributes.ts';
import { openTemporal } from '../../src/platform/temporal/client.ts';

export interface TestNamespace {
  address: string;
  namespace: string;
  client: Client;
  /** For workers. */
  connection: NativeConnection;
  close(): Promise<void>;
}

const READY_WITHIN_MS = 20_000;

/**
 * A namespace of the caller's own: task queues have fixed names, so this is what keeps suites apart. On the server of the
 * test run, unless another is named.
 */
export async function createTestNamespace(server?: string): Promise<TestNamespace> {
  // Only within vitest can its server be asked for.
  const address = server ?? (await import('./temporal.ts')).testTemporal().address;
  const namespace = `test-${randomBytes(6).toString('hex')}`;
  const client = openTemporal({
    address,
    namespace,
    apiKey: null,
    tlsCaPath: null,
    tlsCertPath: null,
    tlsKeyPath: null,
  });
  await client.workflowService.registerNamespace({
    namespace,
    workflowExecutionRetentionPeriod: { seconds: 86_400 as never },
  });
  await waitUntilUsable(client);
  if (!(await registerSearchAttributes(client))) throw new Error('The search attributes could not be registered.');
  const connection = await NativeConnection.connect({ address });
  return {
    address,
    namespace,
    client,
    connection,
    close: async () => {
      await connection.close();
      await client.connection.close();
    },
  };
}

/** The server's parts learn of a new namespace one after the other. */
async function waitUntilUsable(client: Client): Promise<void> {
  const endsAtMs = Date.now() + READY_WITHIN_MS;
  for (;;) {
    try {
      await client.workflow.count();
      return;
    } catch (error) {
      if (Date.now() > endsAtMs) throw error;
      await sleep(50);
    }
  }
}
