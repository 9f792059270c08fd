import type { ConversationTimer } from './core/timer.ts';

/**
 * The only way to conversation workflows. Callers name a conversation; ids, queues and start options stay inside.
 * Throws UnavailableError when Temporal cannot be reached, ConflictError when the conversation refuses.
 */
export interface ConversationRef {
  conversationId: string;
  businessId: string;
  accountId: string;
  contactId: string;
  channel: string;
}

export interface ConversationGateway {
  takeOver(ref: ConversationRef, input: { untilMs?: number | null }): Promise<void>;
  release(ref: ConversationRef): Promise<void>;
  close(ref: ConversationRef): Promise<void>;
  /** Sends a planned outbound row written by a person; the conversation is taken over by that. */
  sendOutbound(ref: ConversationRef, input: { outboundId: string }): Promise<void>;
  cancelFollowUp(ref: ConversationRef, input: { followUpId: string }): Promise<void>;
  rescheduleFollowUp(ref: ConversationRef, input: { followUpId: string; dueAtMs: number }): Promise<void>;
  /** Sets a timer, or moves the one of the same id. `createdBy`: who asks, as in the audit log. */
  setTimer(ref: ConversationRef, input: { timer: ConversationTimer; createdBy: string }): Promise<void>;
  cancelTimer(ref: ConversationRef, input: { timerId: string }): Promise<void>;
  rescheduleTimer(ref: ConversationRef, input: { timerId: string; dueAtMs: number }): Promise<void>;
}

/** `conversation:<channel>:<account id>:<contact id>`: readable, and free of personal data. */
export function conversationWorkflowId(ref: Pick<ConversationRef, 'channel' | 'accountId' | 'contactId'>): string {
  return `conversation:${ref.channel}:${ref.accountId}:${ref.contactId}`;
}
