import { Context } from '@temporalio/activity';
import type { Decided } from '../src/conversations/core/state.ts';
import { type SendAttempt, type SenderDeps, sendInOrder } from '../src/outbox/send.ts';
import { type PerBusiness, resolveFor } from '../src/platform/of-business.ts';
import { type DecideDeps, type DecideInput, decide } from '../src/replies/decide.ts';
import { toFailure } from './failures.ts';
import { heartbeatWhile } from './heartbeat.ts';
import { warnOfInterruption } from './interruption.ts';

export type { DecideDeps, DecideInput, ModelBudget } from '../src/replies/decide.ts';

export interface ActivityIdentity {
  conversationId: string;
  businessId: string;
}

/** Those that each business may have its own of. */
export type DecideGiven = PerBusiness<DecideDeps, 'model' | 'followUp'>;

export function createDecideActivities(given: DecideGiven & SenderDeps) {
  return {
    /**
     * Thinks of an answer to a burst, checks it, stores the decision with the messages it plans, and sends them unless the core
     * wants to look first. Returns ids and marks. May run any number of times for one turn: the first that stores wins, and the
     * ledger keeps a message from being requested twice. Model failures that may pass are retried by Temporal; the rest end in a
     * safe answer and a ticket. What could not be sent yet is left to the send activity, which counts its own attempts.
     */
    async decideReply(input: DecideInput): Promise<Decided> {
      const { attempt } = Context.current().info;
      try {
        return await heartbeatWhile(async (signal) => {
          const { businessId } = input.identity;
          const deps = await resolveFor<DecideDeps, 'model' | 'followUp'>(given, ['model', 'followUp'], businessId);
          const sendsAtOnce = !input.decideOnly;
          const { claimed, ...decided } = await decide(deps, input, { attempt, signal }, sendsAtOnce);
          if (!sendsAtOnce || decided.outboundIds.length === 0) return decided;
          return (await sendNow(given, decided.outboundIds, { signal, claimed }))
            ? { ...decided, sent: true }
            : decided;
        });
      } catch (error) {
        throw toFailure(error);
      }
    },
  };
}

/** False when it must be tried again: the ledger knows what is left of it. */
async function sendNow(
  deps: SenderDeps,
  outboundIds: readonly string[],
  attempt: Pick<SendAttempt, 'signal' | 'claimed'>,
): Promise<boolean> {
  try {
    await sendInOrder(deps, outboundIds, { ...attempt, mustBeShort: true, onInterrupted: warnOfInterruption });
    return true;
  } catch (error) {
    Context.current().log.info('a reply is left to the send activity', { type: toFailure(error).type });
    return false;
  }
}
