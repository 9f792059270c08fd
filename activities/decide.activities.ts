import { Context } from '@temporalio/activity';
import type { Decided } from '../src/conversations/core/state.ts';
import { type PerBusiness, resolveFor } from '../src/platform/of-business.ts';
import { type DecideDeps, type DecideInput, decide } from '../src/replies/decide.ts';
import { toFailure } from './failures.ts';
import { heartbeatWhile } from './heartbeat.ts';

export type { DecideDeps, DecideInput, ModelBudget } from '../src/replies/decide.ts';

export interface ActivityIdentity {
  conversationId: string;
  businessId: string;
}

/** Those that each business may have its own of. */
export type DecideGiven = PerBusiness<DecideDeps, 'model' | 'followUp'>;

export function createDecideActivities(given: DecideGiven) {
  return {
    /**
     * Thinks of an answer to a burst, checks it and stores the decision with the messages it plans. Returns ids and marks.
     * May run any number of times for one turn: the first that stores wins. Model failures that may pass are retried by
     * Temporal; the rest end in a safe answer and a ticket.
     */
    async decideReply(input: DecideInput): Promise<Decided> {
      const { attempt, scheduledTimestampMs: scheduledAtMs } = Context.current().info;
      try {
        return await heartbeatWhile(async (signal) => {
          const { businessId } = input.identity;
          const deps = await resolveFor<DecideDeps, 'model' | 'followUp'>(given, ['model', 'followUp'], businessId);
          return decide(deps, input, { attempt, scheduledAtMs, signal });
        });
      } catch (error) {
        throw toFailure(error);
      }
    },
  };
}
