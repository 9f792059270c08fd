import type { Database } from '../src/db/client.ts';
import { recordChanges, type TimerHooks } from '../src/db/conversation-store.ts';
import type { RecordChanges } from '../src/domain/conversation-state.ts';
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
