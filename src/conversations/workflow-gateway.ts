import { setTimeout as sleep } from 'node:timers/promises';
import { type Client, isGrpcServiceError, WithStartWorkflowOperation } from '@temporalio/client';
import type { UpdateDefinition } from '@temporalio/common';
import {
  type ConversationInput,
  cancelFollowUpUpdate,
  cancelTimerUpdate,
  closeUpdate,
  eventsReceivedSignal,
  refoundSignal,
  releaseUpdate,
  rescheduleFollowUpUpdate,
  rescheduleTimerUpdate,
  sendOutboundUpdate,
  setTimerUpdate,
  takeOverUpdate,
} from '../../workflows/conversation.messages.ts';
import { ConflictError, UnavailableError } from '../platform/errors.ts';
import { toEngineError } from '../platform/temporal/engine-errors.ts';
import type { ConversationPolicy } from './core/policy.ts';
import type { EventRef } from './core/state.ts';
import { CONVERSATIONS_QUEUE } from './core/version.ts';
import { type ConversationGateway, type ConversationRef, conversationWorkflowId } from './gateway.ts';
import { STUCK_ATTEMPTS } from './reconcile/difference.ts';
import { describeRun } from './reconcile/run-gateway.ts';
import { registerSearchAttributes, searchAttributesOf } from './search-attributes.ts';

/** The name that workers register; the implementation itself must not be imported outside a worker. */
const CONVERSATION = 'conversation';

/** An operator waits this long for Temporal and a worker; then the panel says so and keeps what was typed. */
const UPDATE_TIMEOUT_MS = 10_000;

const RETRY_MS = 50;
/** gRPC's numbers: for a start that the server does not understand, and for what it answers while a run is ending. */
const INVALID_ARGUMENT = 3;
const FAILED_PRECONDITION = 9;
const ABORTED = 10;

/** What the shop's settings and the channel mean for a conversation now. */
export type PolicyOf = (
  ref: Pick<ConversationRef, 'businessId' | 'channel'>,
) => ConversationPolicy | Promise<ConversationPolicy>;

export interface Burst extends ConversationRef {
  events: EventRef[];
  /** The conversation has no rows yet that a run could be founded on. */
  isFirst?: boolean;
}

export interface Conversations extends ConversationGateway {
  /** Hands a burst to its workflow, starting that if need be. For the relay. */
  deliver(burst: Burst): Promise<void>;
  /** Has the run give way to one that is founded on the rows, maybe on another core's queue; starts one where none is. */
  refound(ref: ConversationRef, taskQueue?: string): Promise<void>;
  /** Ends the run, whatever it is doing, in favour of one that is founded on the rows. */
  replaceRun(ref: ConversationRef): Promise<void>;
}

/** The only way to conversation workflows. `onStuck` is told of a run that fails again and again instead of answering. */
export function createConversations(
  client: Client,
  policyOf: PolicyOf,
  onStuck: (ref: ConversationRef) => void = () => {},
): Conversations {
  let registered: Promise<boolean> | null = null;
  /** Asked once for the life of the process, unless the server was out of reach. */
  const searchable = (): Promise<boolean> => {
    registered ??= registerSearchAttributes(client).catch((error: unknown) => {
      registered = null;
      throw error;
    });
    return registered;
  };

  /** A server that does not know the attributes any more lost its store: they are registered before the next try. */
  const forgetting = async <Result>(work: () => Promise<Result>): Promise<Result> => {
    try {
      return await work();
    } catch (error) {
      if (isGrpcServiceError(error) && error.code === INVALID_ARGUMENT) registered = null;
      throw error;
    }
  };

  const startOptions = async (ref: ConversationRef, isFirst = false) => {
    const { conversationId, businessId, accountId, contactId, channel } = ref;
    const input: ConversationInput = {
      identity: { conversationId, businessId, accountId, contactId, channel },
      policy: await policyOf(ref),
      state: null,
      ...(isFirst ? { isFirst } : {}),
    };
    return {
      workflowId: conversationWorkflowId(ref),
      taskQueue: CONVERSATIONS_QUEUE,
      args: [input] as [ConversationInput],
      staticSummary: `${channel}: contact ${contactId}`,
      // Where the server's queues are fair, a business with many tasks leaves each other one its turn.
      priority: { fairnessKey: businessId },
      ...((await searchable()) ? { typedSearchAttributes: searchAttributesOf(ref) } : {}),
    };
  };

  const update = async <Args extends [unknown] | []>(
    definition: UpdateDefinition<void, Args>,
    ref: ConversationRef,
    ...args: Args
  ): Promise<void> => {
    const deadlineMs = Date.now() + UPDATE_TIMEOUT_MS;
    for (;;) {
      try {
        await client.withDeadline(deadlineMs, () =>
          forgetting(async () => {
            const operation = new WithStartWorkflowOperation(CONVERSATION, {
              ...(await startOptions(ref)),
              workflowIdConflictPolicy: 'USE_EXISTING',
            });
            await client.workflow.executeUpdateWithStart(definition, {
              startWorkflowOperation: operation,
              args: args as never,
            });
          }),
        );
        return;
      } catch (error) {
        if (!isBetweenRuns(error) || Date.now() + RETRY_MS > deadlineMs)
          throw await toGatewayError(client, ref, error, onStuck);
        await sleep(RETRY_MS);
      }
    }
  };
  const signalRefound = async (ref: ConversationRef, taskQueue: string | null, replaces: boolean): Promise<void> => {
    const options = await startOptions(ref);
    await forgetting(() =>
      client.workflow.signalWithStart(CONVERSATION, {
        ...options,
        workflowIdConflictPolicy: replaces ? 'TERMINATE_EXISTING' : 'USE_EXISTING',
        signal: refoundSignal,
        signalArgs: [{ taskQueue }],
      }),
    );
  };

  return {
    async deliver({ events, isFirst, ...ref }) {
      const options = await startOptions(ref, isFirst);
      const { policy } = options.args[0];
      await forgetting(() =>
        client.workflow.signalWithStart(CONVERSATION, {
          ...options,
          signal: eventsReceivedSignal,
          signalArgs: [{ events, policy }],
        }),
      );
    },
    refound: (ref, taskQueue) => signalRefound(ref, taskQueue ?? null, false),
    replaceRun: (ref) => signalRefound(ref, null, true),
    takeOver: (ref, { untilMs }) => update(takeOverUpdate, ref, { untilMs: untilMs ?? null }),
    release: (ref) => update(releaseUpdate, ref),
    close: (ref) => update(closeUpdate, ref),
    sendOutbound: (ref, input) => update(sendOutboundUpdate, ref, input),
    cancelFollowUp: (ref, input) => update(cancelFollowUpUpdate, ref, input),
    rescheduleFollowUp: (ref, input) => update(rescheduleFollowUpUpdate, ref, input),
    setTimer: (ref, input) => update(setTimerUpdate, ref, input),
    cancelTimer: (ref, input) => update(cancelTimerUpdate, ref, input),
    rescheduleTimer: (ref, input) => update(rescheduleTimerUpdate, ref, input),
  };
}

const REFUSED = new ConflictError('The conversation refuses this now.');

/** The run was just ending or continuing as new, and took nothing: the next one takes it. */
function isBetweenRuns(error: unknown): boolean {
  return isGrpcServiceError(error) && (error.code === FAILED_PRECONDITION || error.code === ABORTED);
}

/** A refusal of the conversation is the caller's business; a run that fails is not an engine that is away. */
async function toGatewayError(
  client: Client,
  ref: ConversationRef,
  error: unknown,
  onStuck: (ref: ConversationRef) => void,
): Promise<unknown> {
  const translated = toEngineError(error, { refused: REFUSED });
  if (!(translated instanceof UnavailableError)) return translated;
  const run = await describeRun(client, conversationWorkflowId(ref)).catch(() => 'away' as const);
  if (run === 'away') return translated;
  if (run && run.attempt >= STUCK_ATTEMPTS) {
    onStuck(ref);
    return new UnavailableError('This conversation was stuck and is being mended by itself. Try again in a moment.');
  }
  return new UnavailableError('No worker answered in time. Nothing was changed; try again.');
}
