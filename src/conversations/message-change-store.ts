import type { Queries } from '../platform/database/client.ts';
import type { MessageChange } from '../text/message.ts';

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

/** A customer's word that they read what the shop said. */
export interface ReadReceipt {
  conversationId: string;
  occurredAtMs: number;
  /** The last message that was read; null or unknown: everything said before the receipt. */
  readExternalId?: string | null;
}

/** Notes on the shop's messages when they were read first. */
export async function markRead(db: Queries, receipts: readonly ReadReceipt[]): Promise<void> {
  await db.$executeRaw`
    WITH receipt AS (
      SELECT "conversationId" AS conversation_id, to_timestamp("occurredAtMs" / 1000.0) AS at,
        COALESCE(
          (SELECT max(sent_at) FROM messages
           WHERE conversation_id = "conversationId" AND external_id = "readExternalId"),
          to_timestamp("occurredAtMs" / 1000.0)) AS up_to
      FROM jsonb_to_recordset(${JSON.stringify(receipts)}::jsonb)
        AS g("conversationId" uuid, "occurredAtMs" double precision, "readExternalId" text)
    )
    UPDATE messages m SET read_at = (
      SELECT min(r.at) FROM receipt r WHERE r.conversation_id = m.conversation_id AND r.up_to >= m.sent_at)
    FROM (SELECT conversation_id, max(up_to) AS up_to FROM receipt GROUP BY 1) AS last
    WHERE m.conversation_id = last.conversation_id AND m.sent_at <= last.up_to
      AND m.direction = 'out' AND m.read_at IS NULL`;
}
