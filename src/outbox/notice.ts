import { v7 as uuidv7 } from 'uuid';
import type { ConversationGateway, ConversationRef } from '../conversations/gateway.ts';
import type { Database, Queries } from '../platform/database/client.ts';
import { ConflictError, UnavailableError } from '../platform/errors.ts';
import { fingerprintOf } from '../text/fingerprint.ts';
import { settleOutbound } from './store.ts';

/** Long enough for the workflow to take the message; it goes out then without taking the conversation over. */
const SEND_AFTER_MS = 1500;

export interface Notice {
  id: string;
  businessId: string;
  conversationId: string;
  /** Who caused it; null: nobody but Peyk. */
  userId: string | null;
  /** A short word for what it tells, as the ledger keeps it. */
  purpose: string;
  text: string;
}

/** What a customer is told without having asked right now, planned with the change that it tells of. Give it that transaction. */
export async function planNotice(tx: Queries, notice: Notice): Promise<void> {
  const { text, userId } = notice;
  const author = userId === null ? 'bot' : 'human';
  const content = { kind: 'text', text };
  await tx.outboundMessage.create({ data: { ...notice, author, content, fingerprint: fingerprintOf(text) } });
}

export interface NoticeDeps {
  db: Database;
  conversations: ConversationGateway;
  clock: () => number;
}

/**
 * Sends a planned notice through the conversation's workflow, at once or from `notBeforeMs` on. The change that it tells of stands
 * whatever becomes of it: that is shown in the ledger, and it can be sent again there.
 */
export async function sendNotice(
  { db, conversations, clock }: NoticeDeps,
  ref: ConversationRef,
  notice: { id: string; windowExpiresAt: Date | null; createdBy: string; notBeforeMs?: number },
): Promise<void> {
  const block = (reason: string) => settleOutbound(db, notice.id, 'blocked', reason, ['planned']);
  const dueAtMs = Math.max(clock() + SEND_AFTER_MS, notice.notBeforeMs ?? 0);
  if (notice.windowExpiresAt !== null && notice.windowExpiresAt.getTime() <= dueAtMs) {
    await block('window_closed');
    return;
  }
  const timer = { id: uuidv7(), kind: 'send_later' as const, dueAtMs, outboundIds: [notice.id] };
  try {
    await conversations.setTimer(ref, { timer, createdBy: notice.createdBy });
  } catch (error) {
    if (!(error instanceof ConflictError || error instanceof UnavailableError)) throw error;
    await block(error instanceof ConflictError ? 'refused' : 'temporal_unavailable');
  }
}
