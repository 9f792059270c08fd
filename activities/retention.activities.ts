import type { Database } from '../src/platform/database/client.ts';
import { applyRetention, type RetentionRule } from '../src/platform/database/retention-store.ts';
import { toFailure } from './failures.ts';
import { heartbeatWhile } from './heartbeat.ts';

export interface RetentionDeps {
  db: Database;
  rules: readonly RetentionRule[];
  /** By a rule's name, instead of its own. */
  days: Readonly<Record<string, number>>;
}

export function createRetentionActivities({ db, rules, days }: RetentionDeps) {
  return {
    /** Removes what is older than it need be kept, some rows a statement. May be repeated. Returns how many, by kind. */
    async removeOldRows(): Promise<Record<string, number>> {
      try {
        return await heartbeatWhile((signal) =>
          applyRetention(db, rules, { now: new Date(), dryRun: false, days, signal }),
        );
      } catch (error) {
        throw toFailure(error);
      }
    },
  };
}

export type RetentionActivities = ReturnType<typeof createRetentionActivities>;
