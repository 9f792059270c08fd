import { v7 as uuidv7 } from 'uuid';
import type { EventKind, EventRef } from '../conversations/core/state.ts';
import type { Database, Queries } from '../platform/database/client.ts';
import { Prisma } from '../platform/database/generated/client.ts';
import { NotFoundError } from '../platform/errors.ts';
import type { MessageChange } from '../text/message.ts';

/** What a delivery turned out to be. */
export interface SortedDelivery {
  id: string;
  /** Of the account it is for; null: nobody's. */
  businessId: string | null;
  /** The account that nobody has connected; else empty. */
  accountExternalId: string;
  state: 'stored' | 'quarantined';
  /** Why something in it could not be read. */
  reason: string;
  eventCount: number;
}

/** One event to keep, with the ids of the conversation it belongs to. */
export interface EventRow {
  id: string;
  deliveryId: string;
  businessId: string;
  accountId: string;
  conversationId: string;
  contactId: string;
  dedupeKey: string;
  kind: EventKind | MessageChange['kind'] | 'echo' | 'read' | 'ignored';
  occurredAtMs: number;
  timeFlagged: boolean;
  /** Null where the event is no message (a read receipt, an echo). */
  messageId: string | null;
  messageKind: string;
  text: string;
  payload: string | null;
  media: unknown;
  externalId: string | null;
  /** How long the channel lets the shop write after this; null: for ever. */
  windowMs: number | null;
  /** Due at once instead of after the quiet time. */
  immediate: boolean;
  /** The quiet time of its business, when that has its own. Not stored with the event. */
  quietMs?: number;
  /** For `read`: the last message that was read, or null for everything said before. Not stored with the event. */
  readExternalId?: string | null;
  /** What it does to another message; not stored with the event. */
  change?: MessageChange;
}

export interface DebouncePolicy {
  quietMs: number;
  maxMs: number;
}

export interface ContactKey {
  businessId: string;
  accountId: string;
  channel: string;
  externalId: string;
}
export interface ContactIds {
  contactId: string;
  conversationId: string;
}

/**
 * Finds or makes the contact, its conversation and its dispatch row for each key, in the keys' order. Needs a transaction.
 * Safe beside other processes: whoever comes second waits for the first and reads what it made. Rows that exist are not
 * touched: to lock them here, before the dispatch rows, would be the other way round than everybody else does it.
 */
export async function ensureContacts(db: Queries, keys: readonly ContactKey[]): Promise<ContactIds[]> {
  const given = JSON.stringify(keys.map((key, n) => ({ n, ...key, newContact: uuidv7(), newConversation: uuidv7() })));
  let rows = await insertContacts(db, given);
  if (rows.length < keys.length) {
    await insertMissingConversations(db, given);
    rows = await findContacts(db, given);
  }
  return rows.map((row) => ({ contactId: row.contact_id, conversationId: row.conversation_id }));
}

interface RawContact {
  contact_id: string;
  conversation_id: string;
}

/** Makes what is new and finds what was there; what somebody else is making right now is missing from the answer. */
function insertContacts(db: Queries, given: string): Promise<RawContact[]> {
  return db.$queryRaw<RawContact[]>`
    WITH given AS (
      SELECT * FROM jsonb_to_recordset(${given}::jsonb)
        AS g(n int, "businessId" uuid, "accountId" uuid, channel text, "externalId" text, "newContact" uuid, "newConversation" uuid)
    ), contact AS (
      INSERT INTO contacts (id, business_id, account_id, external_id)
      SELECT "newContact", "businessId", "accountId", "externalId" FROM given
      ORDER BY "accountId", "externalId"
      ON CONFLICT DO NOTHING
      RETURNING id
    ), conversation AS (
      INSERT INTO conversations (id, business_id, account_id, contact_id, channel)
      SELECT "newConversation", "businessId", "accountId", contact.id, channel
      FROM contact JOIN given ON given."newContact" = contact.id
      RETURNING id, contact_id, business_id
    ), dispatch AS (
      INSERT INTO dispatches (conversation_id, business_id) SELECT id, business_id FROM conversation
    )
    SELECT n, conversation.contact_id, conversation.id AS conversation_id
    FROM conversation JOIN given ON given."newContact" = conversation.contact_id
    UNION ALL
    SELECT n, k.id, c.id FROM given
    JOIN contacts k ON k.account_id = given."accountId" AND k.external_id = given."externalId"
    JOIN conversations c ON c.contact_id = k.id JOIN dispatches d ON d.conversation_id = c.id
    ORDER BY n`;
}

async function insertMissingConversations(db: Queries, given: string): Promise<void> {
  await db.$executeRaw`
    WITH given AS (
      SELECT * FROM jsonb_to_recordset(${given}::jsonb)
        AS g("accountId" uuid, channel text, "externalId" text, "newConversation" uuid)
    )
    INSERT INTO conversations (id, business_id, account_id, contact_id, channel)
    SELECT "newConversation", k.business_id, k.account_id, k.id, channel FROM given
    JOIN contacts k ON k.account_id = given."accountId" AND k.external_id = given."externalId"
    ORDER BY k.id ON CONFLICT DO NOTHING`;
  await db.$executeRaw`
    WITH given AS (
      SELECT * FROM jsonb_to_recordset(${given}::jsonb) AS g("accountId" uuid, "externalId" text)
    )
    INSERT INTO dispatches (conversation_id, business_id)
    SELECT c.id, c.business_id FROM given
    JOIN contacts k ON k.account_id = given."accountId" AND k.external_id = given."externalId"
    JOIN conversations c ON c.contact_id = k.id
    ORDER BY c.id ON CONFLICT DO NOTHING`;
}

function findContacts(db: Queries, given: string): Promise<RawContact[]> {
  return db.$queryRaw<RawContact[]>`
    SELECT k.id AS contact_id, c.id AS conversation_id
    FROM jsonb_to_recordset(${given}::jsonb) AS g(n int, "accountId" uuid, "externalId" text)
    JOIN contacts k ON k.account_id = g."accountId" AND k.external_id = g."externalId"
    JOIN conversations c ON c.contact_id = k.id
    ORDER BY g.n`;
}

/**
 * Stores the events of deliveries in one statement: new events are numbered within their conversation, become messages,
 * move the due time and show in the list. Numbers rise with the clock (microseconds), so that a database that was set back
 * to an earlier moment gives none that a run has seen. Returns the ids of the events that were new; the others were redeliveries.
 * Fails as a whole when a conversation is gone (its contact was erased): no event may look like a redelivery for that.
 */
export async function storeEvents(
  db: Queries,
  deliveries: readonly SortedDelivery[],
  events: readonly EventRow[],
  policy: DebouncePolicy,
): Promise<Set<string>> {
  const rows = await db.$queryRaw<{ id: string }[]>`
    WITH delivery AS (
      UPDATE inbound_deliveries d SET
        business_id = g."businessId", account_external_id = g."accountExternalId", state = g.state, reason = g.reason,
        event_count = g."eventCount"
      FROM jsonb_to_recordset(${JSON.stringify(deliveries)}::jsonb)
        AS g(id uuid, "businessId" uuid, "accountExternalId" text, state text, reason text, "eventCount" int)
      WHERE d.id = g.id
    ), given AS (
      SELECT *, to_timestamp("occurredAtMs" / 1000.0) AS occurred_at, row_number() OVER () AS position
      FROM jsonb_to_recordset(${JSON.stringify(events)}::jsonb) AS g(
        id uuid, "deliveryId" uuid, "businessId" uuid, "accountId" uuid, "conversationId" uuid, "contactId" uuid,
        "dedupeKey" text, kind text, "occurredAtMs" double precision, "timeFlagged" boolean, "messageId" uuid,
        "messageKind" text, text text, payload text, media jsonb, "externalId" text,
        "windowMs" double precision, immediate boolean, "quietMs" int)
      LIMIT ${events.length}
    ), fresh AS (
      SELECT DISTINCT ON ("accountId", "dedupeKey") * FROM given
      WHERE NOT EXISTS (
        SELECT 1 FROM inbound_events e WHERE e.account_id = given."accountId" AND e.dedupe_key = given."dedupeKey")
      ORDER BY "accountId", "dedupeKey", position
    ), burst AS (
      SELECT "conversationId" AS conversation_id, count(*) AS n,
        bool_or(kind IN ('message', 'page_message', 'opt_out', 'opt_in')) AS works,
        bool_or(immediate) AS immediate, COALESCE(max("quietMs"), ${policy.quietMs}) AS quiet_ms
      FROM fresh GROUP BY 1 ORDER BY 1
    ), numbered AS (
      UPDATE dispatches d SET
        last_seq = GREATEST(d.last_seq, (extract(epoch FROM clock_timestamp()) * 1e6)::bigint) + burst.n,
        waiting_since = CASE WHEN burst.works THEN COALESCE(d.waiting_since, now()) ELSE d.waiting_since END,
        due_at = CASE
          WHEN NOT burst.works THEN d.due_at
          WHEN burst.immediate THEN LEAST(d.due_at, now())
          WHEN d.due_at <= now() THEN d.due_at
          ELSE LEAST(now() + burst.quiet_ms * interval '1 ms',
                     COALESCE(d.waiting_since, now()) + GREATEST(${policy.maxMs}, burst.quiet_ms) * interval '1 ms')
        END
      FROM burst WHERE d.conversation_id = burst.conversation_id
      RETURNING d.conversation_id, d.last_seq - burst.n AS base
    ), stored AS (
      INSERT INTO inbound_events (id, business_id, account_id, conversation_id, delivery_id, dedupe_key, kind, seq,
        message_id, occurred_at, time_flagged, dispatched_at)
      SELECT id, "businessId", "accountId", "conversationId", "deliveryId", "dedupeKey", kind,
        base + row_number() OVER (PARTITION BY "conversationId" ORDER BY occurred_at, position),
        "messageId", occurred_at, "timeFlagged",
        CASE WHEN kind IN ('message', 'page_message', 'opt_out', 'opt_in') THEN NULL ELSE now() END
      FROM fresh LEFT JOIN numbered ON numbered.conversation_id = fresh."conversationId"
      ON CONFLICT DO NOTHING
      RETURNING id
    ), said AS (
      INSERT INTO messages (id, business_id, conversation_id, direction, author, kind, text, payload, media, external_id, sent_at)
      SELECT "messageId", "businessId", "conversationId",
        CASE WHEN kind = 'page_message' THEN 'out' ELSE 'in' END,
        CASE WHEN kind = 'page_message' THEN 'page' ELSE 'customer' END,
        "messageKind", text, payload, media, "externalId", occurred_at
      FROM fresh JOIN stored USING (id) WHERE "messageId" IS NOT NULL
    ), latest AS (
      SELECT "conversationId" AS id, max("businessId"::text)::uuid AS business_id,
        max(LEAST(occurred_at, now())) FILTER (WHERE kind IN ('message', 'opt_out', 'opt_in')) AS by_customer,
        max(LEAST(occurred_at, now()) + "windowMs" * interval '1 ms')
          FILTER (WHERE kind IN ('message', 'opt_out', 'opt_in')) AS window_ends,
        max(occurred_at) FILTER (WHERE kind = 'page_message') AS by_page,
        count(*) FILTER (WHERE kind IN ('message', 'opt_out', 'opt_in')) AS unread,
        (array_agg(left(text, 200) ORDER BY occurred_at DESC, position DESC) FILTER (WHERE "messageId" IS NOT NULL))[1] AS text
      FROM fresh JOIN stored USING (id) GROUP BY 1
    ), shown AS (
      UPDATE conversations c SET
        status = CASE WHEN latest.by_customer IS NULL THEN c.status ELSE 'open' END,
        last_user_message_at = GREATEST(c.last_user_message_at, latest.by_customer),
        window_expires_at = GREATEST(c.window_expires_at, latest.window_ends),
        last_page_message_at = CASE WHEN latest.by_page IS NULL THEN c.last_page_message_at ELSE now() END,
        last_message_at = GREATEST(c.last_message_at, LEAST(GREATEST(latest.by_customer, latest.by_page), now())),
        last_message_text = COALESCE(latest.text, c.last_message_text),
        unread_count = CASE WHEN latest.by_page IS NULL THEN c.unread_count + latest.unread ELSE 0 END,
        waiting_since = CASE WHEN latest.by_page >= COALESCE(latest.by_customer, latest.by_page) THEN NULL
          ELSE COALESCE(c.waiting_since, latest.by_customer) END,
        updated_at = now()
      FROM latest WHERE c.id = latest.id AND latest.text IS NOT NULL
    ), heard AS (
      UPDATE accounts SET last_inbound_at = now() FROM (SELECT DISTINCT "accountId" FROM fresh) AS of
      WHERE accounts.id = of."accountId"
        AND (last_inbound_at IS NULL OR last_inbound_at < now() - interval '1 minute')
    ), consent AS (
      UPDATE contacts SET opted_out_at = CASE WHEN last.kind = 'opt_out' THEN now() END, updated_at = now()
      FROM (SELECT DISTINCT ON ("contactId") "contactId", kind FROM fresh JOIN stored USING (id)
            WHERE kind IN ('opt_out', 'opt_in') ORDER BY "contactId", occurred_at DESC, position DESC) AS last
      WHERE contacts.id = last."contactId"
    )
    SELECT id FROM stored`;
  return new Set(rows.map((row) => row.id));
}

/** True when an event of that key is stored already. */
export async function isEventStored(db: Queries, accountId: string, dedupeKey: string): Promise<boolean> {
  return (
    (await db.inboundEvent.findUnique({
      where: { accountId_dedupeKey: { accountId, dedupeKey } },
      select: { id: true },
    })) !== null
  );
}

/** A conversation whose events are due, leased to one relay. */
export interface DueConversation {
  conversationId: string;
  businessId: string;
  accountId: string;
  contactId: string;
  channel: string;
  events: EventRef[];
  /** Nothing of it was ever handed over: its run has no rows to be founded on. */
  isFirst: boolean;
  /** The bot will answer. */
  expectsTurn: boolean;
  /** The conversation's last number at the time of the lease: a higher one later means that more has arrived. */
  claimedSeq: number;
}

/** How many turns may have been handed over and not be through: more would only wait in Temporal, in no order of ours. */
export interface Admission {
  turns: number;
  /** Of one business, so that a flood of one leaves room for the others. */
  turnsOfOne: number;
}

/** A turn that is not through after this long is held up by something else than the number of turns, and counts no more. */
const HANDED_MS = 3000;

export interface Claim {
  conversations: DueConversation[];
  /** Until the next of those that were not leased is due, milliseconds; 0 or less: it is due and not admitted. Null: none waits. */
  msUntilNext: number | null;
}

/**
 * Leases conversations whose events are due, as many as are admitted. Each business has its turn: one that has fewer under way
 * comes first, and within a business what is due longest. Any number of relays may ask at once; a lease that its relay never gave
 * back (it was killed) ends by itself, and the workflow drops what it had already seen.
 */
export async function claimDue(
  db: Database,
  limit: number,
  leaseMs: number,
  { turns, turnsOfOne }: Admission = { turns: limit, turnsOfOne: limit },
): Promise<Claim> {
  const rows = await db.$queryRaw<RawClaim[]>`
    WITH RECURSIVE shops AS (
      (SELECT business_id FROM dispatches WHERE due_at IS NOT NULL ORDER BY business_id LIMIT 1)
      UNION ALL
      SELECT (SELECT d.business_id FROM dispatches d WHERE d.due_at IS NOT NULL AND d.business_id > shops.business_id
              ORDER BY d.business_id LIMIT 1)
      FROM shops WHERE shops.business_id IS NOT NULL
    ), handed AS (
      SELECT business_id, count(*)::int AS turns FROM dispatches
      WHERE handed_at > now() - ${HANDED_MS} * interval '1 ms' GROUP BY 1
    ), waiting AS (
      SELECT due.conversation_id, due.due_at, due.place + coalesce(handed.turns, 0) AS place
      FROM shops LEFT JOIN handed USING (business_id), LATERAL (
        SELECT conversation_id, due_at, row_number() OVER (ORDER BY due_at) AS place FROM (
          SELECT conversation_id, due_at FROM dispatches d
          WHERE d.business_id = shops.business_id AND due_at <= now() AND (leased_until IS NULL OR leased_until < now())
          ORDER BY due_at LIMIT ${limit}) AS oldest
      ) AS due
    ), chosen AS (
      SELECT conversation_id FROM waiting WHERE place <= ${turnsOfOne} ORDER BY place, due_at
      LIMIT GREATEST(0, LEAST(${limit}, ${turns} - (SELECT coalesce(sum(handed.turns), 0)::int FROM handed)))
    ), claimed AS (
      UPDATE dispatches SET leased_until = now() + ${leaseMs} * interval '1 ms', handed_at = now()
      WHERE conversation_id IN (
        SELECT d.conversation_id FROM dispatches d JOIN chosen ON chosen.conversation_id = d.conversation_id
        WHERE d.due_at <= now() AND (d.leased_until IS NULL OR d.leased_until < now())
        FOR UPDATE OF d SKIP LOCKED)
      RETURNING conversation_id, last_seq
    ), next AS (
      SELECT (SELECT (extract(epoch FROM due_at - now()) * 1000)::float8 FROM dispatches
        WHERE due_at IS NOT NULL AND (leased_until IS NULL OR leased_until < now())
          AND conversation_id NOT IN (SELECT conversation_id FROM claimed)
        ORDER BY due_at LIMIT 1) AS ms
    )
    SELECT next.ms AS next_ms, c.id AS conversation_id, c.business_id, c.mode, c.account_id, c.contact_id, c.channel, claimed.last_seq,
      c.run_number = 0 AND NOT EXISTS (
        SELECT FROM inbound_events e WHERE e.conversation_id = c.id AND e.dispatched_at IS NOT NULL
          AND e.kind IN ('message', 'page_message', 'opt_out', 'opt_in')) AS is_first,
      (SELECT json_agg(json_build_object('seq', e.seq, 'kind', e.kind, 'messageId', e.message_id,
                'atMs', (extract(epoch FROM e.occurred_at) * 1000)::bigint) ORDER BY e.seq)
       FROM inbound_events e WHERE e.conversation_id = c.id AND e.dispatched_at IS NULL) AS events
    FROM next LEFT JOIN (claimed JOIN conversations c ON c.id = claimed.conversation_id) ON true`;
  return { conversations: rows.flatMap(toDueConversation), msUntilNext: rows[0]?.next_ms ?? null };
}

interface RawClaim {
  next_ms: number | null;
  /** Null where nothing was leased: the row tells only when to look again. */
  conversation_id: string | null;
  business_id: string;
  account_id: string;
  contact_id: string;
  channel: string;
  events: RawEvent[] | null;
  last_seq: bigint;
  is_first: boolean;
  mode: string;
}

function toDueConversation(row: RawClaim): DueConversation[] {
  if (row.conversation_id === null) return [];
  const events = row.events ?? [];
  return [
    {
      conversationId: row.conversation_id,
      businessId: row.business_id,
      accountId: row.account_id,
      contactId: row.contact_id,
      channel: row.channel,
      events,
      isFirst: row.is_first,
      expectsTurn: row.mode === 'bot' && events.some(({ kind }) => kind !== 'page_message'),
      claimedSeq: Number(row.last_seq),
    },
  ];
}

interface RawEvent {
  seq: number;
  kind: EventKind;
  messageId: string | null;
  atMs: number;
}

export interface DispatchedBurst {
  conversationId: string;
  upToSeq: number;
  /** As leased; absent when nothing beyond `upToSeq` was there. */
  claimedSeq?: number;
  /** The bot will answer: until it begins to, the turn counts among those that were handed over. */
  expectsTurn?: boolean;
}

/**
 * Gives leases back after the workflows took the events up to `upToSeq`. What arrived meanwhile stays due. An event that is
 * committed while we wait for its conversation's row is not among the events that this statement sees, but the row's
 * number tells of it.
 */
export async function markDispatched(db: Database, done: readonly DispatchedBurst[]): Promise<void> {
  await db.$executeRaw`
    WITH done AS (
      SELECT * FROM jsonb_to_recordset(${JSON.stringify(done)}::jsonb)
        AS d("conversationId" uuid, "upToSeq" bigint, "claimedSeq" bigint, "expectsTurn" boolean)
      ORDER BY "conversationId"
    ), dispatched AS (
      UPDATE inbound_events e SET dispatched_at = now() FROM done
      WHERE e.conversation_id = done."conversationId" AND e.seq <= done."upToSeq" AND e.dispatched_at IS NULL
    )
    UPDATE dispatches d SET leased_until = NULL, failures = 0,
      handed_at = CASE WHEN done."expectsTurn" THEN d.handed_at END,
      due_at = CASE WHEN newer.first IS NOT NULL OR d.last_seq > GREATEST(done."upToSeq", done."claimedSeq")
                    THEN COALESCE(d.due_at, now()) END,
      waiting_since = COALESCE(newer.first,
        CASE WHEN d.last_seq > GREATEST(done."upToSeq", done."claimedSeq") THEN now() END)
    FROM done, LATERAL (
      SELECT min(received_at) AS first FROM inbound_events e
      WHERE e.conversation_id = done."conversationId" AND e.seq > done."upToSeq" AND e.dispatched_at IS NULL
    ) AS newer
    WHERE d.conversation_id = done."conversationId"`;
}

/** Gives leases back after a failure; the conversations are due again after `delayMs`. */
export async function postponeDispatch(
  db: Database,
  conversationIds: readonly string[],
  delayMs: number,
): Promise<void> {
  await db.$executeRaw`
    UPDATE dispatches SET leased_until = NULL, handed_at = NULL, failures = failures + 1,
      due_at = GREATEST(due_at, now() + ${delayMs} * interval '1 ms')
    WHERE conversation_id = ANY(${conversationIds}::uuid[]) AND due_at IS NOT NULL`;
}

/** Nothing is due later than this by its quiet time or after a failure: settings and variables allow a minute. */
const FURTHEST_DUE_MS = 90_000;

/**
 * Brings back what lies further ahead than it can: the clock that wrote it was set back since, and what waits would go on waiting for
 * as long as that. Returns how many conversations that were.
 */
export async function capDueTimes(db: Database, leaseMs: number): Promise<number> {
  const due = Prisma.sql`due_at > now() + ${FURTHEST_DUE_MS} * interval '1 ms'`;
  // With room for another's transaction that began a little after this one.
  const lease = Prisma.sql`leased_until > now() + ${leaseMs * 2} * interval '1 ms'`;
  const handed = Prisma.sql`handed_at > now() + ${leaseMs} * interval '1 ms'`;
  return db.$executeRaw`
    UPDATE dispatches SET
      due_at = CASE WHEN ${due} THEN now() ELSE due_at END, waiting_since = LEAST(waiting_since, now()),
      leased_until = CASE WHEN ${lease} THEN NULL ELSE leased_until END,
      handed_at = CASE WHEN ${handed} THEN NULL ELSE handed_at END
    WHERE conversation_id IN (
      SELECT conversation_id FROM dispatches WHERE conversation_id IN (
        SELECT conversation_id FROM dispatches WHERE ${due}
        UNION ALL SELECT conversation_id FROM dispatches WHERE due_at IS NOT NULL AND ${lease}
        UNION ALL SELECT conversation_id FROM dispatches WHERE ${handed})
      FOR UPDATE SKIP LOCKED)`;
}

/** Owes an event to its workflow once more, under a new number, at once. Throws NotFoundError. */
export async function replayInboundEvent(db: Queries, businessId: string, eventId: string): Promise<void> {
  const changed = await db.$executeRaw`
    WITH numbered AS (
      UPDATE dispatches d SET
        last_seq = GREATEST(d.last_seq, (extract(epoch FROM clock_timestamp()) * 1e6)::bigint) + 1, due_at = LEAST(d.due_at, now()),
        waiting_since = COALESCE(d.waiting_since, now())
      FROM inbound_events e
      WHERE e.id = ${eventId}::uuid AND e.business_id = ${businessId}::uuid AND d.conversation_id = e.conversation_id
        AND e.kind IN ('message', 'page_message', 'opt_out', 'opt_in')
      RETURNING e.id, d.last_seq
    )
    UPDATE inbound_events e SET dispatched_at = NULL, seq = numbered.last_seq, replay_count = replay_count + 1
    FROM numbered WHERE e.id = numbered.id`;
  if (changed === 0) throw new NotFoundError('No inbound event of that id can be replayed.');
}
