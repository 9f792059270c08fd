import { randomUUID } from 'node:crypto';
import type { Database } from '../../platform/database/client.ts';
import { CORE_VERSION } from '../core/version.ts';

const BEAT_MS = 5000;
/** A worker that was not seen for so long is gone. */
const GONE_MS = 30_000;

export interface WorkerPresence {
  /** Says that this worker leaves in order. */
  leave(): Promise<void>;
}

/**
 * Says that a worker of this release's core lives, as long as it does. A database that is away for a while does no harm;
 * `onSeen` is told each time that it was reached.
 */
export async function announceWorker(
  db: Database,
  onError: (error: unknown) => void,
  onSeen: () => void = () => undefined,
): Promise<WorkerPresence> {
  const id = randomUUID();
  const beat = async (): Promise<void> => {
    const seenAt = new Date();
    const worker = { coreVersion: CORE_VERSION, seenAt };
    await db.worker.upsert({ where: { id }, create: { id, ...worker }, update: worker });
    onSeen();
  };
  await beat();
  const timer = setInterval(() => void beat().catch(onError), BEAT_MS);
  timer.unref();
  return {
    leave: async () => {
      clearInterval(timer);
      await db.worker.deleteMany({ where: { id } });
    },
  };
}

/** Cores that at least one worker lives of. Those that died are forgotten. */
export async function findLivingCores(db: Database, now: Date): Promise<Set<number>> {
  const [since, until] = [-GONE_MS, GONE_MS].map((ms) => new Date(now.getTime() + ms)) as [Date, Date];
  // One that was seen in the future was seen before the clock was set back: whether it lives, it says again within seconds.
  await db.worker.deleteMany({ where: { OR: [{ seenAt: { lt: since } }, { seenAt: { gt: until } }] } });
  const rows = await db.worker.findMany({ select: { coreVersion: true }, distinct: ['coreVersion'] });
  return new Set(rows.map(({ coreVersion }) => coreVersion));
}
