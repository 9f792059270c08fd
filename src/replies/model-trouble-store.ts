import type { Database } from '../platform/database/client.ts';
import type { ModelTroubleCode, ModelWatch, WatchedProvider } from './models/model-watch.ts';

/** A provider that failed since it last answered. */
export interface ModelTrouble {
  provider: string;
  model: string;
  code: ModelTroubleCode;
  failures: number;
  firstFailedAt: Date;
  lastFailedAt: Date;
  restsUntil: Date | null;
}

/** What failed last at or after `since`, the most lately failed first. */
export async function listModelTroubles(db: Database, since: Date): Promise<ModelTrouble[]> {
  const rows = await db.modelTrouble.findMany({
    where: { lastFailedAt: { gte: since } },
    orderBy: { lastFailedAt: 'desc' },
    take: 20,
  });
  return rows.map((row) => ({ ...row, code: row.code as ModelTroubleCode }));
}

/** Another process may have noted a failure that this one knows nothing of: so long it believes that there is none. */
const BELIEVED_CLEAR_MS = 15_000;

interface Pending {
  provider: WatchedProvider;
  code: ModelTroubleCode;
  failures: number;
  restMs: number;
}

/**
 * Writes down which providers fail, and strikes out those that answer again. Failures that come while one is being written
 * are written together.
 */
export function createModelWatch(
  db: Database,
  onError: (error: unknown) => void,
  clock: () => number = Date.now,
): ModelWatch {
  const pending = new Map<string, Pending>();
  const clearSince = new Map<string, number>();
  let isWriting = false;

  const writeAll = async (): Promise<void> => {
    for (const [id, trouble] of pending) {
      pending.delete(id);
      await writeFailures(db, trouble, new Date(clock()));
    }
  };
  const writeSoon = (): void => {
    if (isWriting) return;
    isWriting = true;
    void writeAll()
      .catch(onError)
      .finally(() => {
        isWriting = false;
        if (pending.size > 0) writeSoon();
      });
  };
  return {
    failed(provider, code, restMs) {
      clearSince.delete(provider.id);
      const failures = (pending.get(provider.id)?.failures ?? 0) + 1;
      pending.set(provider.id, { provider, code, failures, restMs });
      writeSoon();
    },
    answered({ id }) {
      pending.delete(id);
      const since = clearSince.get(id);
      if (since !== undefined && clock() - since < BELIEVED_CLEAR_MS) return;
      clearSince.set(id, clock());
      void db.modelTrouble.deleteMany({ where: { id } }).catch((error: unknown) => {
        clearSince.delete(id);
        onError(error);
      });
    },
  };
}

async function writeFailures(
  db: Database,
  { provider: { id, provider, model }, code, failures, restMs }: Pending,
  at: Date,
): Promise<void> {
  const restsUntil = restMs > 0 ? new Date(at.getTime() + restMs) : null;
  await db.modelTrouble.upsert({
    where: { id },
    create: { id, provider, model, code, failures, firstFailedAt: at, lastFailedAt: at, restsUntil },
    update: { code, failures: { increment: failures }, lastFailedAt: at, restsUntil },
  });
}
