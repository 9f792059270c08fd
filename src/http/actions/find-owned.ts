import type { Queries } from '../../db/client.ts';
import type { ResourceModel, ResourceRows } from '../../db/resource-models.ts';
import { findRow } from '../../db/resource-store.ts';
import { NotFoundError } from '../../domain/errors.ts';
import type { ConversationRef } from '../../temporal/conversation-gateway.ts';

/** A row of the caller's business. Throws NotFoundError, also for another business's row. */
export async function findOwned<M extends ResourceModel>(
  { db }: { db: Queries },
  model: M,
  { businessId }: { businessId: string },
  id: string,
): Promise<ResourceRows[M]> {
  const row = await findRow(db, model, businessId, id);
  if (!row) throw new NotFoundError('There is nothing of that name here.');
  return row;
}

/** A conversation as the gateway names it. */
export function refOf({
  id,
  businessId,
  accountId,
  contactId,
  channel,
  lastUserMessageAt,
}: ResourceRows['conversation']): ConversationRef {
  const lastCustomerAtMs = lastUserMessageAt?.getTime() ?? null;
  return { conversationId: id, businessId, accountId, contactId, channel, lastCustomerAtMs };
}
