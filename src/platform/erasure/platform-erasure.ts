import { type ErasureRule, wholeWord } from './erasure.ts';

/** What was written in the audit log about a customer: who did what and when stays, the words go. */
const auditWords: ErasureRule = {
  name: 'auditLogs',
  forget: (tx, { businessId, contactId, conversationIds, externalId }) => {
    const ids = [contactId, ...conversationIds];
    const pattern = [...ids, externalId].map(wholeWord).join('|');
    return tx.$executeRaw`
      WITH theirs AS (
        SELECT id::text AS id FROM unnest(${ids}::uuid[]) AS given(id)
        UNION ALL SELECT id::text FROM messages WHERE conversation_id = ANY(${conversationIds}::uuid[])
        UNION ALL SELECT id::text FROM outbound_messages WHERE conversation_id = ANY(${conversationIds}::uuid[])
        UNION ALL SELECT id::text FROM decisions WHERE conversation_id = ANY(${conversationIds}::uuid[])
        UNION ALL SELECT id::text FROM follow_ups WHERE conversation_id = ANY(${conversationIds}::uuid[])
        UNION ALL SELECT id::text FROM timers WHERE conversation_id = ANY(${conversationIds}::uuid[])
        UNION ALL SELECT id::text FROM tickets WHERE conversation_id = ANY(${conversationIds}::uuid[])
        UNION ALL SELECT id::text FROM notes WHERE conversation_id = ANY(${conversationIds}::uuid[])
        UNION ALL SELECT id::text FROM orders WHERE conversation_id = ANY(${conversationIds}::uuid[])
        UNION ALL SELECT id::text FROM inbound_events WHERE conversation_id = ANY(${conversationIds}::uuid[])
      )
      UPDATE audit_logs SET subject = '', before = NULL, after = '{"erased": true}'
      WHERE business_id = ${businessId}::uuid AND (subject <> '' OR before IS NOT NULL OR after IS NOT NULL)
        AND after IS DISTINCT FROM '{"erased": true}'
        AND (resource_id IN (SELECT theirs.id FROM theirs) OR subject ~ ${wholeWord(externalId)}
          OR before::text ~ ${pattern} OR after::text ~ ${pattern})`;
  },
};

/** Neither should name a customer, but an error may have, and a person may have kept a filter by one. */
const appLogs: ErasureRule = {
  name: 'appLogs',
  forget: (tx, { externalId }) => tx.$executeRaw`
    DELETE FROM app_logs WHERE message ~ ${wholeWord(externalId)} OR fields::text ~ ${wholeWord(externalId)}`,
};
const savedFilters: ErasureRule = {
  name: 'savedFilters',
  forget: (tx, { businessId, externalId }) => tx.$executeRaw`
    DELETE FROM saved_filters WHERE business_id = ${businessId}::uuid
      AND (name ~ ${wholeWord(externalId)} OR filter::text ~ ${wholeWord(externalId)})`,
};

export const PLATFORM_ERASURE: readonly ErasureRule[] = [auditWords, appLogs, savedFilters];
