import type { MessageChange } from '../domain/message.ts';
import type { Queries } from './client.ts';

/** What was done to a message, with the ids of its inbound event and of where it belongs. */
export interface MessageChangeRow {
  /** The event's: one event is one change, however often it is delivered. */
  id: string;
  businessId: string;
  conversationId: string;
  occurredAtMs: number;
  change: MessageChange;
}

/**
 * Stores changes in one statement. The database works the messages out anew from them at once, also when a change comes
 * before its message; whoever reads a message sees what it says now.
 */
export async function storeMessageChanges(db: Queries, rows: readonly MessageChangeRow[]): Promise<void> {
  const given = rows.map(({ id, businessId, conversationId, occurredAtMs, change }) => {
    return { id, businessId, conversationId, occurredAtMs, ...change };
  });
  await db.$executeRaw`
    INSERT INTO message_changes (id, business_id, conversation_id, external_id, kind, emoji, text, occurred_at)
    SELECT id, "businessId", "conversationId", "externalId", kind, emoji, text, to_timestamp("occurredAtMs" / 1000.0)
    FROM jsonb_to_recordset(${JSON.stringify(given)}::jsonb) AS g(
      id uuid, "businessId" uuid, "conversationId" uuid, "externalId" text, kind text, emoji text, text text,
      "occurredAtMs" double precision)`;
}
