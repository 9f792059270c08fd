import { setTimeout as sleep } from 'node:timers/promises';
import {
  type Client,
  isGrpcServiceError,
  WithStartWorkflowOperation,
  WorkflowUpdateFailedError,
} from '@temporalio/client';
import type { UpdateDefinition } from '@temporalio/common';
import {
  type ConversationInput,
  cancelFollowUpUpdate,
  cancelTimerUpdate,
  closeUpdate,
  eventsReceivedSignal,
  releaseUpdate,
  rescheduleFollowUpUpdate,
  rescheduleTimerUpdate,
  sendOutboundUpdate,
  setTimerUpdate,
  takeOverUpdate,
} from '../../workflows/conversation.messages.ts';
import { ConflictError, UnavailableError } from '../platform/errors.ts';
import { QUEUES } from '../platform/queues.ts';
import type { ConversationPolicy } from './core/policy.ts';
import type { EventRef } from './core/state.ts';
import { type ConversationGateway, type ConversationRef, conversationWorkflowId } from './gateway.ts';
import { registerSearchAttributes, searchAttributesOf } from './search-attributes.ts';

/** The name that workers register; the implementation itself must not be imported outside a worker. */
const CONVERSATION = 'conversation';

/** An operator waits this long for Temporal and a worker; then the panel says so and keeps what was typed. */
const UPDATE_TIMEOUT_MS = 10_000;

const RETRY_MS = 50;
/** gRPC's numbers for what the server answers while a run is ending. */
const FAILED_PRECONDITION = 9;
const ABORTED = 10;

export interface Conversations extends ConversationGateway {
  /** Hands a burst to its workflow, starting that if need be. For the relay. */
  deliver(burst: ConversationRef & { events: EventRef[] }): Promise<void>;
}

/** The one door to conversation workflows. `policyOf` tells what holds for a conversation's business; it travels with each burst. */
export function createConversations(
  client: Client,
  policyOf: (ref: ConversationRef) => Promise<ConversationPolicy>,
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

  const startOptions = async (ref: ConversationRef) => {
    const { conversationId, businessId, accountId, contactId, channel } = ref;
    const input: ConversationInput = {
      identity: { conversationId, businessId, accountId, contactId, channel },
      policy: await policyOf(ref),
      state: null,
      lastCustomerAtMs: ref.lastCustomerAtMs ?? null,
    };
    return {
      workflowId: conversationWorkflowId(ref),
      taskQueue: QUEUES.conversations,
      args: [input] as [ConversationInput],
      staticSummary: `${channel}: contact ${contactId}`,
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
        await client.withDeadline(deadlineMs, async () => {
          const operation = new WithStartWorkflowOperation(CONVERSATION, {
            ...(await startOptions(ref)),
            workflowIdConflictPolicy: 'USE_EXISTING',
          });
          await client.workflow.executeUpdateWithStart(definition, {
            startWorkflowOperation: operation,
            args: args as never,
          });
        });
        return;
      } catch (error) {
        if (!isBetweenRuns(error) || Date.now() + RETRY_MS > deadlineMs) throw toGatewayError(error);
        await sleep(RETRY_MS);
      }
    }
  };

  return {
    async deliver({ events, ...ref }) {
      const policy = await policyOf(ref);
      await client.workflow.signalWithStart(CONVERSATION, {
        ...(await startOptions(ref)),
        signal: eventsReceivedSignal,
        signalArgs: [{ events, policy }],
      });
    },
    takeOver: (ref, { untilMs }) => update(takeOverUpdate, ref, { untilMs: untilMs ?? null }),
    release: (ref) => update(releaseUpdate, ref),
    close: (ref) => update(closeUpdate, ref),
    sendOutbound: (ref, { outboundId }) => update(sendOutboundUpdate, ref, { outboundId }),
    cancelFollowUp: (ref, { followUpId }) => update(cancelFollowUpUpdate, ref, { followUpId }),
    rescheduleFollowUp: (ref, { followUpId, dueAtMs }) =>
      update(rescheduleFollowUpUpdate, ref, { followUpId, dueAtMs }),
    setTimer: (ref, { by, timer }) => update(setTimerUpdate, ref, { timer, createdBy: by }),
    cancelTimer: (ref, { timerId }) => update(cancelTimerUpdate, ref, { timerId }),
    rescheduleTimer: (ref, { timerId, dueAtMs }) => update(rescheduleTimerUpdate, ref, { timerId, dueAtMs }),
  };
}

/** The run was just ending or continuing as new, and took nothing: the next one takes it. */
function isBetweenRuns(error: unknown): boolean {
  return isGrpcServiceError(error) && (error.code === FAILED_PRECONDITION || error.code === ABORTED);
}

/** A refusal of the workflow's validator is the caller's business; anything else means that Temporal is out of reach. */
function toGatewayError(error: unknown): Error {
  if (error instanceof WorkflowUpdateFailedError)
    return new ConflictError(error.cause?.message ?? 'The conversation refuses this now.');
  if (isGrpcServiceError(error)) return new UnavailableError('The workflow engine cannot be reached right now.');
  return new UnavailableError('The conversation did not answer in time.');
}
