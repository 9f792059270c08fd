import { setTimeout as sleep } from 'node:timers/promises';
import type { Logger } from 'pino';
import type { Reconcile } from './reconcile.ts';

const AGAIN_MS = 10_000;

/**
 * Looks at everything when a worker starts, and again until nothing is left for later: so the conversations of another core
 * move over by themselves, and what a lost store of the engine owed goes on. Ends when `signal` aborts.
 */
export async function reconcileAtStart(
  reconcile: Reconcile,
  { logger, signal }: { logger: Pick<Logger, 'warn' | 'info'>; signal: AbortSignal },
): Promise<void> {
  while (!signal.aborted) {
    try {
      const { differences } = await reconcile({ startedBy: 'start', isFull: true });
      const left = differences.filter(({ outcome }) => outcome !== 'mended').length;
      if (left === 0) return;
      logger.info({ left }, 'conversations of another core wait for their workers to hand them on');
    } catch (error) {
      logger.warn({ err: error }, 'rows and runs could not be compared; it is tried again');
    }
    await sleep(AGAIN_MS, undefined, { signal, ref: false }).catch(() => undefined);
  }
}
