import type { Reconcile } from '../src/conversations/reconcile/reconcile.ts';
import { isFullLookDue } from '../src/conversations/reconcile/store.ts';
import type { Database } from '../src/platform/database/client.ts';
import { toFailure } from './failures.ts';
import { heartbeatWhile } from './heartbeat.ts';

export function createReconcileActivities({ db, reconcile }: { db: Database; reconcile: Reconcile }) {
  return {
    /** Looks at what is overdue, now and then at everything. May be repeated without harm. Returns what it found, in words. */
    async reconcileConversations(scheduleMadeAtMs: number): Promise<string> {
      try {
        return await heartbeatWhile(async () => {
          const isFull = await isFullLookDue(db, new Date(), new Date(scheduleMadeAtMs));
          const { lookedAt, differences } = await reconcile({ startedBy: 'schedule', isFull });
          return `${differences.length} of ${lookedAt} differed`;
        });
      } catch (error) {
        throw toFailure(error);
      }
    },
  };
}

export type ReconcileActivities = ReturnType<typeof createReconcileActivities>;
