import type { Queries } from '../platform/database/client.ts';
import type { ConversationOwner } from './stage.ts';

/** Model calls since a time, for the budgets. */
export interface ModelSpending {
  contactCalls: number;
  businessCalls: number;
}

/** Model calls since `since`, for one contact's conversation and for the whole business. */
export async function countModelCalls(db: Queries, owner: ConversationOwner, since: Date): Promise<ModelSpending> {
  const [row] = await db.$queryRaw<{ contact: bigint; business: bigint }[]>`
    SELECT count(*) FILTER (WHERE conversation_id = ${owner.conversationId}::uuid) AS contact, count(*) AS business
    FROM decisions WHERE business_id = ${owner.businessId}::uuid AND created_at > ${since} AND input_tokens > 0`;
  return { contactCalls: Number(row?.contact ?? 0), businessCalls: Number(row?.business ?? 0) };
}
