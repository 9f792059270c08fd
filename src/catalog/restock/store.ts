import { v7 as uuidv7 } from 'uuid';
import type { Database, Queries } from '../../platform/database/client.ts';
import type { Language } from '../../text/message.ts';

/** `told`: planned as a message. `task`: a person was asked to tell. `dropped`: nobody is to be told any more. */
export type SettledState = 'told' | 'task' | 'dropped';

/** Remembers that a customer wants to know when a product is back. Whoever asks twice waits once. */
export async function rememberRestock(
  tx: Queries,
  request: { businessId: string; conversationId: string; productId: string; language: Language },
): Promise<void> {
  const { businessId, conversationId, productId, language } = request;
  await tx.$executeRaw`
    INSERT INTO restock_requests (id, business_id, conversation_id, product_id, language)
    VALUES (${uuidv7()}::uuid, ${businessId}::uuid, ${conversationId}::uuid, ${productId}::uuid, ${language})
    ON CONFLICT DO NOTHING`;
}

/** A customer who waits for a product that is back, with what their conversation is like now. */
export interface DueRestock {
  id: string;
  language: string;
  conversation: {
    id: string;
    businessId: string;
    accountId: string;
    contactId: string;
    channel: string;
    mode: string;
    windowExpiresAt: Date | null;
    contact: { optedOutAt: Date | null };
    business: { timeZone: string };
  };
  product: { title: string; url: string | null; price: bigint | null; currency: string };
}

/** Whom to tell now, who has waited longest first. Who asked before `since` has forgotten it. */
export async function findDueRestocks(db: Database, since: Date, limit: number): Promise<DueRestock[]> {
  return db.restockRequest.findMany({
    where: { state: 'waiting', createdAt: { gte: since }, product: { available: true, removedAt: null } },
    orderBy: { createdAt: 'asc' },
    take: limit,
    select: {
      id: true,
      language: true,
      product: { select: { title: true, url: true, price: true, currency: true } },
      conversation: {
        select: {
          ...{ id: true, businessId: true, accountId: true, contactId: true, channel: true, mode: true },
          windowExpiresAt: true,
          contact: { select: { optedOutAt: true } },
          business: { select: { timeZone: true } },
        },
      },
    },
  });
}

/** False when somebody else has settled it, or the product is gone again. Give it a transaction. */
export async function settleRestock(tx: Queries, id: string, state: SettledState, now: Date): Promise<boolean> {
  const { count } = await tx.restockRequest.updateMany({
    where: { id, state: 'waiting', product: { available: true } },
    data: { state, settledAt: now },
  });
  return count === 1;
}
