import { v7 as uuidv7 } from 'uuid';
import type { ErasureRule } from '../platform/erasure/erasure.ts';

/**
 * A shop's books keep what was sold and for how much, not to whom. The orders move to a conversation of nobody, so that everything
 * else can go with the one they were made in.
 */
export const orderErasure: ErasureRule = {
  name: 'orders',
  async forget(tx, { businessId, conversationIds }) {
    const [from] = await tx.$queryRaw<{ account_id: string; channel: string }[]>`
      SELECT c.account_id, c.channel FROM conversations c JOIN orders o ON o.conversation_id = c.id
      WHERE c.id = ANY(${conversationIds}::uuid[]) LIMIT 1`;
    if (!from) return 0;
    const of = { businessId, accountId: from.account_id };
    const [contactId, conversationId] = [uuidv7(), uuidv7()];
    await tx.contact.create({ data: { ...of, id: contactId, externalId: `erased:${contactId}` } });
    await tx.conversation.create({
      data: { ...of, id: conversationId, contactId, channel: from.channel, status: 'closed' },
    });
    return tx.$executeRaw`
      UPDATE orders SET conversation_id = ${conversationId}::uuid, turn_id = NULL, customer_name = '', phone = '', address = '',
        note = '', updated_at = now()
      WHERE conversation_id = ANY(${conversationIds}::uuid[])`;
  },
};
