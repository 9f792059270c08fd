import type { RecordChanges } from '../src/conversations/core/state.ts';
import { recordChanges, type TimerHooks } from '../src/conversations/store.ts';
import type { Database } from '../src/platform/database/client.ts';
import type { ActivityIdentity } from './decide.activities.ts';
import { toFailure } from './failures.ts';

export interface RecordDeps {
  db: Database;
  timerHooks?: TimerHooks;
}

export interface RecordInput {
  identity: ActivityIdentity;
  changes: RecordChanges;
}

export function createRecordActivities({ db, timerHooks }: RecordDeps) {
  return {
    /** Shows the workflow's state in the panel. Idempotent. */
    async recordConversation({ identity, changes }: RecordInput): Promise<void> {
      try {
        await recordChanges(db, identity, changes, timerHooks);
      } catch (error) {
        throw toFailure(error);
      }
    },
  };
}
