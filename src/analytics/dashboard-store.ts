import type { Queries } from '../platform/database/client.ts';

/** The counters of the moment. */
export interface LiveFigures {
  open: number;
  /** Not closed and not snoozed: what the inbox lists as waiting for a person. */
  waitingForHuman: number;
  /** Since when the customer waits who waits longest for an answer; word that a person will answer is none. */
  oldestUnansweredAt: Date | null;
  unknownSends: number;
  openTickets: number;
  followUpsPending: number;
  followUpsDueSoon: number;
  accountsToReconnect: number;
}

/** What was done since the shop's midnight. */
export interface DayFigures {
  repliesToday: number;
  /** From the burst's last message being stored to the provider's word that the answer was sent. */
  replyP50Ms: number | null;
  replyP95Ms: number | null;
  costMicrosToday: number;
}

export interface Bar {
  /** The start of the day or hour. */
  at: Date;
  incoming: number;
  outgoing: number;
}

export interface NeedRow {
  kind: 'unknown_send' | 'ticket' | 'waiting' | 'reconnect' | 'failing_account';
  id: string;
  conversationId: string | null;
  name: string;
  channel: string;
  note: string;
  since: Date;
}

const DUE_SOON = '2 hours';
/** Of each kind; the lists themselves have the rest. */
const NEEDS_OF_A_KIND = 5;

export async function readLiveFigures(db: Queries, businessId: string): Promise<LiveFigures> {
  const [row] = await db.$queryRaw<Record<keyof LiveFigures, bigint | Date | null>[]>`
    SELECT c.open, c."waitingForHuman", c."oldestUnansweredAt",
      (SELECT count(*) FROM outbound_messages WHERE business_id = ${businessId}::uuid AND state = 'unknown' AND settled_by = '') AS "unknownSends",
      (SELECT count(*) FROM tickets WHERE business_id = ${businessId}::uuid AND state = 'open') AS "openTickets",
      f."followUpsPending", f."followUpsDueSoon",
      (SELECT count(*) FROM accounts WHERE business_id = ${businessId}::uuid AND status = 'needs_reconnect') AS "accountsToReconnect"
    FROM (
      SELECT count(*) FILTER (WHERE status = 'open') AS open,
        count(*) FILTER (WHERE needs_human AND snoozed_until IS NULL) AS "waitingForHuman",
        min(waiting_since) FILTER (WHERE status = 'open' AND snoozed_until IS NULL) AS "oldestUnansweredAt"
      FROM conversations WHERE business_id = ${businessId}::uuid AND status <> 'closed') c,
    (SELECT count(*) AS "followUpsPending",
        count(*) FILTER (WHERE due_at <= now() + ${DUE_SOON}::interval) AS "followUpsDueSoon"
      FROM follow_ups WHERE business_id = ${businessId}::uuid AND state = 'pending') f`;
  const count = (value: bigint | Date | null | undefined) => Number((value as bigint | null) ?? 0);
  return {
    open: count(row?.open),
    waitingForHuman: count(row?.waitingForHuman),
    oldestUnansweredAt: (row?.oldestUnansweredAt as Date | null) ?? null,
    unknownSends: count(row?.unknownSends),
    openTickets: count(row?.openTickets),
    followUpsPending: count(row?.followUpsPending),
    followUpsDueSoon: count(row?.followUpsDueSoon),
    accountsToReconnect: count(row?.accountsToReconnect),
  };
}

export async function readDayFigures(db: Queries, businessId: string, timeZone: string): Promise<DayFigures> {
  const [row] = await db.$queryRaw<{ replies: bigint; p50: number | null; p95: number | null; cost: bigint | null }[]>`
    WITH today AS (
      SELECT id, conversation_id, message_ids, cost_micros FROM decisions
      WHERE business_id = ${businessId}::uuid
        AND created_at >= date_trunc('day', now() AT TIME ZONE ${timeZone}) AT TIME ZONE ${timeZone}
    ), answered AS (
      SELECT (EXTRACT(EPOCH FROM sent.at - heard.at) * 1000)::float8 AS ms
      FROM today t
      JOIN LATERAL (SELECT min(sent_at) AS at FROM outbound_messages WHERE decision_id = t.id AND state = 'sent') sent
        ON sent.at IS NOT NULL
      JOIN LATERAL (SELECT max(created_at) AS at FROM messages WHERE id = ANY(t.message_ids)) heard ON heard.at IS NOT NULL
    )
    SELECT (SELECT count(*) FROM answered) AS replies,
      (SELECT percentile_cont(0.5) WITHIN GROUP (ORDER BY ms) FROM answered) AS p50,
      (SELECT percentile_cont(0.95) WITHIN GROUP (ORDER BY ms) FROM answered) AS p95,
      (SELECT sum(cost_micros)::bigint FROM today) AS cost`;
  const whole = (value: number | null | undefined) => (value == null ? null : Math.max(0, Math.round(value)));
  return {
    repliesToday: Number(row?.replies ?? 0),
    replyP50Ms: whole(row?.p50),
    replyP95Ms: whole(row?.p95),
    costMicrosToday: Number(row?.cost ?? 0),
  };
}

/** Messages of the last `count` days or hours of the shop's own clock, the present one included; empty ones too. */
export async function readBars(
  db: Queries,
  businessId: string,
  timeZone: string,
  unit: 'day' | 'hour',
  count: number,
): Promise<Bar[]> {
  const rows = await db.$queryRaw<{ at: Date; incoming: bigint; outgoing: bigint }[]>`
    WITH slots AS (
      SELECT generate_series(
        date_trunc(${unit}, now() AT TIME ZONE ${timeZone}) - (${count}::int - 1) * ('1 ' || ${unit})::interval,
        date_trunc(${unit}, now() AT TIME ZONE ${timeZone}), ('1 ' || ${unit})::interval) AS slot
    ), said AS (
      SELECT date_trunc(${unit}, created_at AT TIME ZONE ${timeZone}) AS slot,
        count(*) FILTER (WHERE direction = 'in') AS incoming, count(*) FILTER (WHERE direction = 'out') AS outgoing
      FROM messages WHERE business_id = ${businessId}::uuid
        AND created_at >= (SELECT min(slot) FROM slots) AT TIME ZONE ${timeZone}
      GROUP BY 1
    )
    SELECT slots.slot AT TIME ZONE ${timeZone} AS at, coalesce(incoming, 0) AS incoming, coalesce(outgoing, 0) AS outgoing
    FROM slots LEFT JOIN said USING (slot) ORDER BY 1`;
  return rows.map((row) => ({ at: row.at, incoming: Number(row.incoming), outgoing: Number(row.outgoing) }));
}

/** What a person should look at now, the longest waiting first. */
export async function readNeeds(db: Queries, businessId: string): Promise<NeedRow[]> {
  return db.$queryRaw<NeedRow[]>`
    (SELECT 'unknown_send' AS kind, o.id, o.conversation_id AS "conversationId", coalesce(nullif(k.name, ''), k.external_id) AS name,
       c.channel, o.reason AS note, o.updated_at AS since
     FROM outbound_messages o JOIN conversations c ON c.id = o.conversation_id JOIN contacts k ON k.id = c.contact_id
     WHERE o.business_id = ${businessId}::uuid AND o.state = 'unknown' AND o.settled_by = '' ORDER BY o.created_at LIMIT ${NEEDS_OF_A_KIND})
    UNION ALL
    (SELECT 'ticket', t.id, t.conversation_id, coalesce(nullif(k.name, ''), k.external_id), c.channel, t.reason, t.created_at
     FROM tickets t JOIN conversations c ON c.id = t.conversation_id JOIN contacts k ON k.id = c.contact_id
     WHERE t.business_id = ${businessId}::uuid AND t.state = 'open' ORDER BY t.created_at LIMIT ${NEEDS_OF_A_KIND})
    UNION ALL
    (SELECT 'waiting', c.id, c.id, coalesce(nullif(k.name, ''), k.external_id), c.channel, c.last_message_text, c.last_user_message_at
     FROM conversations c JOIN contacts k ON k.id = c.contact_id
     WHERE c.business_id = ${businessId}::uuid AND c.status = 'open' AND c.mode <> 'bot'
       AND c.last_user_message_at >= c.last_message_at
     ORDER BY c.last_user_message_at LIMIT ${NEEDS_OF_A_KIND})
    UNION ALL
    (SELECT CASE a.status WHEN 'failing' THEN 'failing_account' ELSE 'reconnect' END, a.id, NULL, coalesce(nullif(a.name, ''), a.external_id), a.channel, a.status_note, a.updated_at
     FROM accounts a WHERE a.business_id = ${businessId}::uuid AND a.status IN ('needs_reconnect', 'failing') LIMIT ${NEEDS_OF_A_KIND})
    ORDER BY since`;
}
