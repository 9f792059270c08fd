import { v7 as uuidv7 } from 'uuid';
import { CLAIMED_ELSEWHERE, type SenderDeps, sendInOrder } from '../src/outbox/send.ts';
import type { Database } from '../src/platform/database/client.ts';
import { fingerprintOf } from '../src/text/fingerprint.ts';
import type { OutboundState } from '../src/text/message.ts';
import type { ActivityIdentity } from './decide.activities.ts';
import { toFailure } from './failures.ts';
import { heartbeatWhile } from './heartbeat.ts';
import { warnOfInterruption } from './interruption.ts';

export interface SendInput {
  identity: ActivityIdentity;
  /** Rows of the ledger, in the order in which they must arrive. */
  outboundIds: string[];
  /** Instead: the follow-up that is due. */
  followUpId: string | null;
}

export interface SendDeps extends SenderDeps {
  followUps: SendFollowUps;
}

/** A follow-up's message is planned when it is due, and ends it. */
export interface SendFollowUps {
  /** Plans the message under `id`, once. Gives its id, or null when the follow-up is not pending any more. */
  plan(db: Database, followUpId: string, id: string, fingerprint: (text: string) => string): Promise<string | null>;
  /** Closes it after its message ended as `state`. */
  finish(db: Database, followUpId: string, state: OutboundState, reason: string): Promise<void>;
}

export function createSendActivities(deps: SendDeps) {
  return {
    /** Sends planned rows in order, or the follow-up that is due. Repeating it is safe; it throws as `sendInOrder` does. */
    async sendOutbound(input: SendInput): Promise<void> {
      try {
        await heartbeatWhile(async (signal) => {
          const ids = input.followUpId ? await planFollowUp(deps, input.followUpId) : input.outboundIds;
          const outcome = await sendInOrder(deps, ids, { signal, onInterrupted: warnOfInterruption });
          if (input.followUpId && outcome && outcome.reason !== CLAIMED_ELSEWHERE)
            await deps.followUps.finish(deps.db, input.followUpId, outcome.state, outcome.reason);
        });
      } catch (error) {
        throw toFailure(error);
      }
    },
  };
}

async function planFollowUp(deps: SendDeps, followUpId: string): Promise<string[]> {
  const id = await deps.followUps.plan(deps.db, followUpId, uuidv7(), fingerprintOf);
  return id === null ? [] : [id];
}
