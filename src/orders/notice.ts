import { v7 as uuidv7 } from 'uuid';
import { refOf } from '../conversations/conversation-ref.ts';
import { conversations } from '../conversations/conversations.resource.ts';
import type { ConversationNeeds } from '../conversations/needs.ts';
import { settleOutbound } from '../outbox/store.ts';
import type { Principal } from '../platform/auth/principal.ts';
import type { Queries } from '../platform/database/client.ts';
import { ConflictError, UnavailableError } from '../platform/errors.ts';
import type { ActionDeps } from '../platform/http/actions/action.ts';
import { findOwned } from '../platform/http/actions/find-owned.ts';
import { fingerprintOf } from '../text/fingerprint.ts';
import { planOrderMessage } from './store.ts';

/** Long enough for the workflow to take the message; it goes out then without taking the conversation over. */
const SEND_AFTER_MS = 1500;

/** What an order's customer is told, planned with the change that it tells of. Give it that transaction. */
export async function planNotice(
  tx: Queries,
  principal: Principal,
  notice: { id: string; conversationId: string; text: string },
): Promise<void> {
  const { businessId, userId } = principal;
  const author = userId === null ? ('bot' as const) : ('human' as const);
  await planOrderMessage(tx, { ...notice, businessId, userId, author, fingerprint: fingerprintOf(notice.text) });
}

/** The change stands whatever becomes of its message: that is shown in the ledger, and can be sent again there. */
export async function sendNotice(
  deps: ActionDeps & ConversationNeeds,
  principal: Principal,
  { outboundId, conversationId }: { outboundId: string; conversationId: string },
): Promise<void> {
  const conversation = await findOwned(deps, conversations, principal, conversationId);
  const block = (reason: string) => settleOutbound(deps.db, outboundId, 'blocked', reason, ['planned']);
  const dueAtMs = deps.clock() + SEND_AFTER_MS;
  const closesAtMs = conversation.windowExpiresAt?.getTime() ?? 0;
  if (closesAtMs <= dueAtMs) {
    await block('window_closed');
    return;
  }
  const timer = { id: uuidv7(), kind: 'send_later' as const, dueAtMs, outboundIds: [outboundId] };
  try {
    await deps.conversations.setTimer(refOf(conversation), { timer, createdBy: principal.actor });
  } catch (error) {
    if (!(error instanceof ConflictError || error instanceof UnavailableError)) throw error;
    await block(error instanceof ConflictError ? 'refused' : 'temporal_unavailable');
  }
}
