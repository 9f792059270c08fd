import { type ErasureRule, wholeWord } from '../platform/erasure/erasure.ts';

/**
 * Webhooks as they came: whoever else a body names keeps their messages. One that still waits to be sorted stays, because it is not
 * known yet what it says.
 */
export const deliveryErasure: ErasureRule = {
  name: 'deliveries',
  forget: (tx, { businessId, conversationIds, externalId }) => tx.$executeRaw`
    UPDATE inbound_deliveries d SET body = '', url = ''
    WHERE d.state <> 'received' AND (d.body <> '' OR d.url <> '') AND (d.business_id = ${businessId}::uuid OR d.business_id IS NULL)
      AND (d.body ~ ${wholeWord(externalId)} OR d.url ~ ${wholeWord(externalId)} OR d.id IN (
        SELECT e.delivery_id FROM inbound_events e WHERE e.conversation_id = ANY(${conversationIds}::uuid[])))`,
};
