import { refOf } from '../conversations/conversation-ref.ts';
import { conversations } from '../conversations/conversations.resource.ts';
import type { ConversationNeeds } from '../conversations/needs.ts';
import { planNotice, sendNotice } from '../outbox/notice.ts';
import type { Principal } from '../platform/auth/principal.ts';
import type { Queries } from '../platform/database/client.ts';
import type { ActionDeps } from '../platform/http/actions/action.ts';
import { findOwned } from '../platform/http/actions/find-owned.ts';

/** What an order's customer is told, planned with the change that it tells of. Give it that transaction. */
export async function planOrderNotice(
  tx: Queries,
  { businessId, userId }: Principal,
  notice: { id: string; conversationId: string; text: string },
): Promise<void> {
  await planNotice(tx, { ...notice, businessId, userId, purpose: 'order_update' });
}

/** The change stands whatever becomes of its message. */
export async function sendOrderNotice(
  deps: ActionDeps & ConversationNeeds,
  principal: Principal,
  { outboundId, conversationId }: { outboundId: string; conversationId: string },
): Promise<void> {
  const conversation = await findOwned(deps, conversations, principal, conversationId);
  const { windowExpiresAt } = conversation;
  await sendNotice(deps, refOf(conversation), { id: outboundId, windowExpiresAt, createdBy: principal.actor });
}
