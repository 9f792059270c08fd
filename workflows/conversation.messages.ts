import { defineQuery, defineSignal, defineUpdate } from '@temporalio/workflow';
import type { ConversationPolicy } from '../src/conversations/core/policy.ts';
import type { ConversationState, EventRef } from '../src/conversations/core/state.ts';
import type { ConversationTimer } from '../src/conversations/core/timer.ts';

/** Who a conversation is: ids only, because histories and workflow ids are read by many. */
export interface ConversationIdentity {
  conversationId: string;
  businessId: string;
  accountId: string;
  contactId: string;
  channel: string;
}

export interface ConversationInput {
  identity: ConversationIdentity;
  policy: ConversationPolicy;
  /** What an earlier run of the same core handed on; null: the run is founded on the conversation's rows. */
  state: ConversationState | null;
  /** The caller knows that there are no rows yet to be founded on. */
  isFirst?: boolean;
}

/** A burst, as the relay coalesced it. */
export interface EventsReceivedInput {
  events: EventRef[];
  policy: ConversationPolicy;
}

export interface RefoundInput {
  /** Where the next run goes; null: it stays. */
  taskQueue: string | null;
}

export interface TakeOverInput {
  /** Milliseconds since the epoch; null for the shop's usual limit. */
  untilMs: number | null;
}
export interface SendOutboundInput {
  outboundId: string;
}
export interface FollowUpInput {
  followUpId: string;
}
export interface RescheduleFollowUpInput extends FollowUpInput {
  dueAtMs: number;
}
export interface SetTimerInput {
  timer: ConversationTimer;
  /** An actor of the audit log: an id, no name. */
  createdBy: string;
}
export interface TimerInput {
  timerId: string;
}
export interface RescheduleTimerInput extends TimerInput {
  dueAtMs: number;
}

/** A signal, because a webhook must not wait for a worker. */
export const eventsReceivedSignal = defineSignal<[EventsReceivedInput]>('eventsReceived');

/** Asks the run to give way, once nothing is under way, to one that is founded anew on the rows. */
export const refoundSignal = defineSignal<[RefoundInput]>('refound');

/** Updates, because an operator wants to know whether it worked. Each returns once the panel's rows show it. */
export const takeOverUpdate = defineUpdate<void, [TakeOverInput]>('takeOver');
export const releaseUpdate = defineUpdate<void, []>('release');
export const closeUpdate = defineUpdate<void, []>('close');
export const sendOutboundUpdate = defineUpdate<void, [SendOutboundInput]>('sendOutbound');
export const cancelFollowUpUpdate = defineUpdate<void, [FollowUpInput]>('cancelFollowUp');
export const rescheduleFollowUpUpdate = defineUpdate<void, [RescheduleFollowUpInput]>('rescheduleFollowUp');
export const setTimerUpdate = defineUpdate<void, [SetTimerInput]>('setTimer');
export const cancelTimerUpdate = defineUpdate<void, [TimerInput]>('cancelTimer');
export const rescheduleTimerUpdate = defineUpdate<void, [RescheduleTimerInput]>('rescheduleTimer');

export const conversationStateQuery = defineQuery<ConversationState>('conversationState');
