import type { ConversationRef } from '../../../conversations/gateway.ts';
import type { Queries } from '../../database/client.ts';
import { NotFoundError } from '../../errors.ts';
import type { ResourceModel, ResourceRows } from '../resources/resource-models.ts';
import { findRow } from '../resources/resource-store.ts';

/** A row of the caller's business. Throws NotFoundError, also for another business's row. */
export async function findOwned<M extends ResourceModel>(
  { db }: { db: Queries },
  model: M,
  { businessId }: { businessId: string },
  id: string,
): Promise<ResourceRows[M]> {
  const row = await findRow(db, model, { businessId }, id);
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
}: ResourceRows['conversation']): ConversationRef {
  return { conversationId: id, businessId, accountId, contactId, channel };
}
