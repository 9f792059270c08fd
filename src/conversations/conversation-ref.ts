import type { ConversationRef } from './gateway.ts';

interface ConversationColumns {
  id: string;
  businessId: string;
  accountId: string;
  contactId: string;
  channel: string;
}

/** A conversation as the gateway names it. */
export function refOf(row: ConversationColumns): ConversationRef {
  const { id, businessId, accountId, contactId, channel } = row;
  return { conversationId: id, businessId, accountId, contactId, channel };
}
