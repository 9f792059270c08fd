import type { Founding } from '../src/conversations/core/founding.ts';
import type { RecordChanges, Recorded } from '../src/conversations/core/state.ts';
import { foundConversation } from '../src/conversations/founding-store.ts';
import { type RecordHooks, recordChanges } from '../src/conversations/record-store.ts';
import type { TimerHooksByKind } from '../src/conversations/timer-store.ts';
import type { Database } from '../src/platform/database/client.ts';
import { isFaultOfData } from '../src/platform/database/database-fault.ts';
import { InvalidInputError, NotFoundError, type PeykError } from '../src/platform/errors.ts';
import type { ActivityIdentity } from './decide.activities.ts';
import { toFailure } from './failures.ts';

export interface RecordDeps {
  db: Database;
  recordHooks: RecordHooks;
  timerHooks?: TimerHooksByKind;
}

export interface RecordInput {
  identity: ActivityIdentity;
  changes: RecordChanges;
}

export function createRecordActivities({ db, recordHooks, timerHooks }: RecordDeps) {
  return {
    /** What the rows say that the conversation owes; null when it does not exist any more. Counts its runs. */
    async foundConversation({ conversationId }: ActivityIdentity): Promise<Founding | null> {
      try {
        return await foundConversation(db, conversationId);
      } catch (error) {
        throw toFailure(error);
      }
    },

    /**
     * Shows the workflow's state in the panel. Idempotent. Ends for good when the conversation or what it names is gone. Null
     * when there is nothing to tell of it, which is nearly always.
     */
    async recordConversation({ identity, changes }: RecordInput): Promise<Recorded | null> {
      try {
        const recorded = await recordChanges(db, identity, changes, recordHooks, timerHooks);
        return recorded.begunTurnIds.length + recorded.plannedIds.length > 0 ? recorded : null;
      } catch (error) {
        throw toFailure(isFaultOfData(error) ? await explainFault(db, identity) : error);
      }
    },
  };
}

/** Trying again is of no use: either there is nothing left to write to, or what was to be written cannot be. */
async function explainFault(db: Database, { conversationId }: ActivityIdentity): Promise<PeykError> {
  const isThere = (await db.conversation.count({ where: { id: conversationId } })) > 0;
  if (!isThere) return new NotFoundError('The conversation does not exist any more.');
  return new InvalidInputError('A change of the conversation cannot be stored.');
}
