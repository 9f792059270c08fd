import type { DeliveryStatus } from '../channels/channel.ts';
import type { Queries } from '../platform/database/client.ts';
import { markOutboundSent, noteDeliveryStatuses, settleOutbound } from './store.ts';

/** A status with the account that it is for. */
interface AttributedStatus {
  status: DeliveryStatus;
  account: { id: string; businessId: string };
}

const UUID = /^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/i;
const MAX_REASON = 200;

/**
 * Keeps what providers told, once each, and notes it on the messages that it is about. One that was `unknown` is thereby
 * settled. What names no message of ours is kept all the same: it may come before the answer to the send. Needs a transaction.
 */
export async function storeDeliveryStatuses(db: Queries, statuses: readonly AttributedStatus[]): Promise<void> {
  const given = JSON.stringify(statuses.map(toRow));
  await db.$executeRaw`
    INSERT INTO delivery_statuses (business_id, account_id, external_id, intent_id, dedupe_key, state, reason, occurred_at)
    SELECT "businessId", "accountId", "externalId", "intentId", "dedupeKey", state, reason, to_timestamp("occurredAtMs" / 1000.0)
    FROM jsonb_to_recordset(${given}::jsonb) AS g("businessId" uuid, "accountId" uuid, "externalId" text, "intentId" uuid,
      "dedupeKey" text, state text, reason text, "occurredAtMs" double precision)
    ORDER BY "accountId", "dedupeKey" ON CONFLICT DO NOTHING`;
  const found = await attribute(db, given);
  if (found.length === 0) return;
  for (const row of await noteDeliveryStatuses(db, found)) {
    if (row.state !== 'unknown') continue;
    if (row.hasFailed) await settleOutbound(db, row.id, 'rejected', row.reason, ['unknown']);
    else await markOutboundSent(db, row.id, { ...PROOF, externalId: row.externalId });
  }
}

const PROOF = { httpStatus: null, settledBy: 'delivery_status', from: ['unknown'] as const };

/** Finds the messages of what waits, by our id or the provider's. Returns the ids of those that were found. */
async function attribute(db: Queries, given: string): Promise<string[]> {
  const rows = await db.$queryRaw<{ outbound_id: string }[]>`
    WITH waiting AS (
      SELECT DISTINCT s.id, s.account_id, s.external_id, s.intent_id
      FROM jsonb_to_recordset(${given}::jsonb) AS g("accountId" uuid, "externalId" text, "dedupeKey" text)
      JOIN delivery_statuses s ON s.account_id = g."accountId"
        AND (s.dedupe_key = g."dedupeKey" OR s.external_id = g."externalId")
      WHERE s.outbound_id IS NULL
    ), named AS (
      SELECT w.id, w.account_id, o.id AS outbound_id, o.conversation_id
      FROM waiting w JOIN outbound_messages o ON o.id = w.intent_id
      UNION
      SELECT w.id, w.account_id, o.id, o.conversation_id
      FROM waiting w JOIN outbound_messages o ON o.external_id = w.external_id
    )
    UPDATE delivery_statuses s SET outbound_id = named.outbound_id
    FROM named JOIN conversations c ON c.id = named.conversation_id
    -- An id means something within its account only.
    WHERE s.id = named.id AND c.account_id = named.account_id
    RETURNING s.outbound_id`;
  return [...new Set(rows.map((row) => row.outbound_id))];
}

function toRow({ status, account }: AttributedStatus) {
  const { externalMessageId: externalId, state, reason, occurredAtMs } = status;
  const intentId = status.intentId !== null && UUID.test(status.intentId) ? status.intentId.toLowerCase() : null;
  const dedupeKey = `${state}:${externalId ?? intentId ?? ''}`;
  const { id: accountId, businessId } = account;
  return {
    businessId,
    accountId,
    externalId,
    intentId,
    dedupeKey,
    state,
    reason: reason.slice(0, MAX_REASON),
    occurredAtMs,
  };
}
