import type { ConversationTimer } from './core/timer-rules.ts';

/**
 * The one door to conversation workflows. Callers name a conversation; ids, queues and start options stay inside.
 * Throws UnavailableError when Temporal cannot be reached, ConflictError when the workflow's validator refuses.
 */
export interface ConversationRef {
  conversationId: string;
  businessId: string;
  accountId: string;
  contactId: string;
  channel: string;
  /** When the customer wrote last, for a run that begins with an operator's action. */
  lastCustomerAtMs?: number | null;
}

export interface OperatorInput {
  /** Who asks, for the audit log: a user's id or `api-key`. */
  by: string;
}

export interface ConversationGateway {
  takeOver(ref: ConversationRef, input: OperatorInput & { untilMs?: number | null }): Promise<void>;
  release(ref: ConversationRef, input: OperatorInput): Promise<void>;
  close(ref: ConversationRef, input: OperatorInput): Promise<void>;
  /** Sends a planned outbound row written by a person; the conversation is taken over by that. */
  sendOutbound(ref: ConversationRef, input: OperatorInput & { outboundId: string }): Promise<void>;
  cancelFollowUp(ref: ConversationRef, input: OperatorInput & { followUpId: string }): Promise<void>;
  rescheduleFollowUp(
    ref: ConversationRef,
    input: OperatorInput & { followUpId: string; dueAtMs: number },
  ): Promise<void>;
  /** Sets a timer, or moves the one of the same id. */
  setTimer(ref: ConversationRef, input: OperatorInput & { timer: ConversationTimer }): Promise<void>;
  cancelTimer(ref: ConversationRef, input: OperatorInput & { timerId: string }): Promise<void>;
  rescheduleTimer(ref: ConversationRef, input: OperatorInput & { timerId: string; dueAtMs: number }): Promise<void>;
}

/** `conversation:<channel>:<account id>:<contact id>`: readable, and free of personal data. */
export function conversationWorkflowId(ref: Pick<ConversationRef, 'channel' | 'accountId' | 'contactId'>): string {
  return `conversation:${ref.channel}:${ref.accountId}:${ref.contactId}`;
}
