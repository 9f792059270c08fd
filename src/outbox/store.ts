import type { Queries } from '../platform/database/client.ts';
import { Prisma } from '../platform/database/generated/client.ts';
import { ConflictError } from '../platform/errors.ts';
import type { ConversationMode, OutboundAuthor, OutboundContent, OutboundState } from '../text/message.ts';
import { echoFormsOf } from './echo-forms.ts';
import type { GateFacts } from './gate.ts';

/** A row of the send ledger with everything that the gate and the request need, in one read. */
export interface OutboundToSend {
  id: string;
  businessId: string;
  state: OutboundState;
  attempts: number;
  content: OutboundContent;
  conversationId: string;
  channel: string;
  accountId: string;
  accountExternalId: string;
  contactExternalId: string;
  timeZone: string;
  /** All sends of the installation are held back. */
  sendingPaused: boolean;
  gate: Omit<GateFacts, 'quiet' | 'window' | 'consent'>;
}

/** A row of `SEND_FACTS`. */
export interface RawOutbound {
  id: string;
  business_id: string;
  state: OutboundState;
  attempts: number;
  content: OutboundContent;
  author: OutboundAuthor;
  purpose: string;
  created_at: Date;
  conversation_id: string;
  channel: string;
  account_id: string;
  account_external_id: string;
  account_status: string;
  contact_external_id: string;
  time_zone: string;
  mode: ConversationMode;
  window_expires_at: Date | null;
  last_user_message_at: Date | null;
  last_page_message_at: Date | null;
  opted_out_at: Date | null;
  sending_paused: boolean | null;
}

/** What a send looks at, of a row `o` of the ledger and its conversation `c`, joined by `SEND_JOINS`. */
export const SEND_FACTS = Prisma.sql`o.id, o.business_id, o.state, o.attempts, o.content, o.author, o.purpose, o.created_at, c.channel,
  c.id AS conversation_id, a.id AS account_id, a.external_id AS account_external_id, a.status AS account_status, k.external_id AS contact_external_id, b.time_zone,
  c.mode, c.window_expires_at, c.last_user_message_at, c.last_page_message_at, k.opted_out_at,
  (SELECT sending_paused_at IS NOT NULL FROM installation LIMIT 1) AS sending_paused`;
export const SEND_JOINS = Prisma.sql`JOIN accounts a ON a.id = c.account_id JOIN contacts k ON k.id = c.contact_id
  JOIN businesses b ON b.id = c.business_id`;

/** Loads rows in the order given; ids that do not exist are left out. */
export async function loadOutbound(db: Queries, ids: readonly string[]): Promise<OutboundToSend[]> {
  const rows = await db.$queryRaw<RawOutbound[]>`
    SELECT ${SEND_FACTS} FROM outbound_messages o JOIN conversations c ON c.id = o.conversation_id ${SEND_JOINS}
    WHERE o.id = ANY(${ids}::uuid[])
    ORDER BY array_position(${ids}::uuid[], o.id)`;
  return rows.map(toOutboundToSend);
}

export function toOutboundToSend(row: RawOutbound): OutboundToSend {
  const ms = (at: Date | null): number | null => at?.getTime() ?? null;
  return {
    id: row.id,
    businessId: row.business_id,
    state: row.state,
    attempts: row.attempts,
    content: row.content,
    conversationId: row.conversation_id,
    channel: row.channel,
    accountId: row.account_id,
    accountExternalId: row.account_external_id,
    contactExternalId: row.contact_external_id,
    timeZone: row.time_zone,
    sendingPaused: row.sending_paused ?? false,
    gate: {
      author: row.author,
      purpose: row.purpose,
      plannedAtMs: row.created_at.getTime(),
      mode: row.mode,
      windowExpiresAtMs: ms(row.window_expires_at),
      lastCustomerAtMs: ms(row.last_user_message_at),
      lastPageMessageAtMs: ms(row.last_page_message_at),
      optedOut: row.opted_out_at !== null,
      accountStatus: row.account_status,
    },
  };
}

/**
 * Takes a planned row for one request. False when somebody else has it or it is not planned any more: then nothing may
 * be sent. This compare-and-set is what makes a second request impossible.
 */
export async function claimOutbound(db: Queries, id: string): Promise<boolean> {
  const changed = await db.$executeRaw`
    UPDATE outbound_messages SET state = 'sending', attempts = attempts + 1, sending_at = now(), updated_at = now(), reason = ''
    WHERE id = ${id}::uuid AND state = 'planned'`;
  return changed === 1;
}

/** Gives back a row that was claimed and not asked for: nothing of it has left. */
export async function unclaimOutbound(db: Queries, id: string): Promise<void> {
  await db.$executeRaw`
    UPDATE outbound_messages SET state = 'planned', attempts = attempts - 1, sending_at = NULL, updated_at = now()
    WHERE id = ${id}::uuid AND state = 'sending'`;
}

/**
 * Ends a row that was not sent, if it is still in one of the states `from`. Returns whether it changed. One whose echo has
 * come was sent, whatever else seemed to happen: it does not become `rejected` or `unknown`.
 */
export async function settleOutbound(
  db: Queries,
  id: string,
  to: 'planned' | 'rejected' | 'unknown' | 'blocked',
  reason: string,
  from: readonly OutboundState[],
  httpStatus: number | null = null,
): Promise<boolean> {
  const changed = await db.$executeRaw`
    UPDATE outbound_messages SET state = ${to}, reason = ${reason}, http_status = COALESCE(${httpStatus}, http_status),
      updated_at = now()
    WHERE id = ${id}::uuid AND state = ANY(${from}::text[])
      AND (echo_event_id IS NULL OR ${to} NOT IN ('rejected', 'unknown'))`;
  return changed === 1;
}

/** Notes why rows are not asked of the provider yet, and that somebody is at it. */
export async function noteWaiting(db: Queries, ids: readonly string[], reason: string): Promise<void> {
  await db.$executeRaw`
    UPDATE outbound_messages SET reason = ${reason}, updated_at = now()
    WHERE id = ANY(${ids}::uuid[]) AND state = 'planned'`;
}

/** Notes who decided to send it again instead of waiting for its outcome, unless that outcome came meanwhile. */
export async function noteSentAgain(db: Queries, id: string, settledBy: string): Promise<void> {
  await db.$executeRaw`
    UPDATE outbound_messages SET settled_by = ${settledBy}, updated_at = now()
    WHERE id = ${id}::uuid AND settled_by = '' AND state IN ('unknown', 'rejected', 'blocked')`;
}

/**
 * Marks a row as sent and writes its line of the transcript, in one statement. A row that has meanwhile become `unknown`
 * is sent after all; one that is sent already stays as it is. Returns whether it changed.
 */
export async function markOutboundSent(
  db: Queries,
  id: string,
  proof: { externalId: string | null; httpStatus: number | null; settledBy: string; from?: readonly OutboundState[] },
): Promise<boolean> {
  const from = proof.from ?? ['sending', 'unknown'];
  const [result] = await db.$queryRaw<{ changed: number; told: number }[]>`
    WITH held AS MATERIALIZED (
      -- Before its message, as everybody does: in another order two would wait for each other.
      SELECT c.id FROM conversations c JOIN outbound_messages o ON o.conversation_id = c.id
      WHERE o.id = ${id}::uuid FOR NO KEY UPDATE OF c
    ), sent AS (
      UPDATE outbound_messages SET state = 'sent', reason = '', external_id = COALESCE(${proof.externalId}, external_id),
        http_status = COALESCE(${proof.httpStatus}, http_status), settled_by = ${proof.settledBy},
        sent_at = COALESCE(sent_at, now()), updated_at = now()
      WHERE id = ${id}::uuid AND conversation_id = (SELECT held.id FROM held) AND state = ANY(${from}::text[])
      RETURNING *
    ), said AS (
      INSERT INTO messages (business_id, conversation_id, direction, author, kind, text, content, external_id, outbound_id, sent_at)
      SELECT business_id, conversation_id, 'out', CASE WHEN author = 'human' THEN 'human' ELSE 'bot' END,
        CASE WHEN content->>'kind' IN ('image', 'video', 'audio') THEN content->>'kind' ELSE 'text' END,
        text, content, external_id, id, now()
      FROM sent ON CONFLICT (outbound_id) DO NOTHING
    ), told AS (
      -- The provider may have told what became of it before we learned its id.
      UPDATE delivery_statuses s SET outbound_id = sent.id
      FROM sent JOIN conversations l ON l.id = sent.conversation_id
      WHERE s.account_id = l.account_id AND s.external_id = sent.external_id AND s.outbound_id IS NULL
      RETURNING s.id
    ), wrote AS (
      UPDATE accounts SET last_sent_at = now() FROM sent JOIN conversations t ON t.id = sent.conversation_id
      WHERE accounts.id = t.account_id AND (last_sent_at IS NULL OR last_sent_at < now() - interval '1 minute')
    ), shown AS (
    -- A customer who was told that a person will answer still waits for that person, and so does one who has written since
    -- the request left: a late proof answers nobody.
    UPDATE conversations c SET updated_at = now(),
      last_message_at = CASE WHEN heard.by_customer THEN now() ELSE c.last_message_at END,
      last_message_text = CASE WHEN heard.by_customer THEN left(sent.text, 200) ELSE c.last_message_text END,
      unread_count = CASE WHEN heard.by_customer AND sent.author = 'human' THEN 0 ELSE c.unread_count END,
      waiting_since = CASE WHEN heard.by_customer AND sent.purpose NOT IN ('handoff_notice', 'loop_notice') THEN NULL
        ELSE c.waiting_since END
    FROM sent, LATERAL (
      SELECT coalesce(l.last_user_message_at <= COALESCE(sent.sending_at, sent.created_at), true) AS by_customer
      FROM conversations l WHERE l.id = sent.conversation_id
    ) heard WHERE c.id = sent.conversation_id
    RETURNING c.id
    )
    SELECT (SELECT count(*)::int FROM shown) AS changed, (SELECT count(*)::int FROM told) AS told`;
  if (result && result.told > 0) await noteDeliveryStatuses(db, [id]);
  return result?.changed === 1;
}

interface NotedStatus {
  id: string;
  state: OutboundState;
  hasFailed: boolean;
  /** Why it failed; else empty. */
  reason: string;
  /** The provider's id, as it was told. */
  externalId: string | null;
}

/**
 * Writes on rows what became of them, worked out anew from all that was told, so that neither order nor repetition counts:
 * what was delivered cannot have failed. Returns the rows.
 */
export function noteDeliveryStatuses(db: Queries, ids: readonly string[]): Promise<NotedStatus[]> {
  return db.$queryRaw<NotedStatus[]>`
    WITH told AS (
      SELECT outbound_id,
        min(occurred_at) FILTER (WHERE state IN ('delivered', 'read')) AS delivered_at,
        min(occurred_at) FILTER (WHERE state = 'read') AS read_at,
        min(occurred_at) FILTER (WHERE state = 'failed') AS failed_at,
        (array_agg(reason ORDER BY occurred_at) FILTER (WHERE state = 'failed'))[1] AS failure,
        max(external_id) AS external_id
      FROM delivery_statuses WHERE outbound_id = ANY(${ids}::uuid[]) GROUP BY 1
    )
    UPDATE outbound_messages o SET delivered_at = told.delivered_at, read_at = told.read_at, updated_at = now(),
      failed_at = CASE WHEN told.delivered_at IS NULL THEN told.failed_at END,
      reason = CASE WHEN o.state <> 'sent' THEN o.reason WHEN told.delivered_at IS NULL THEN coalesce(told.failure, '') ELSE '' END
    FROM told WHERE o.id = told.outbound_id
    RETURNING o.id, o.state, o.failed_at IS NOT NULL AS "hasFailed", coalesce(told.failure, '') AS reason,
      told.external_id AS "externalId"`;
}

export interface EchoMatch {
  outboundId: string;
}

/** A message on the shop's page, which may repeat a send of ours. */
export interface PageMessage {
  eventId: string;
  /** Empty where it has no words: a picture, a recording, cards. */
  fingerprint: string;
  /** What a message without words holds, as far as the channel says. We never send a sticker. */
  media: 'image' | 'video' | 'audio' | 'sticker' | null;
  externalId: string | null;
}

/** How long after a confirmed send the same words on the page still count as its echo. */
const ECHO_AFTER_SENT_MINUTES = 15;
/** Pictures and cards have no words that could be compared, so only what comes right behind the send is its echo. */
const WORDLESS_ECHO_AFTER_SENT_MINUTES = 2;
/** Kinds of content whose echo may come without words. */
const WORDLESS = ['image', 'video', 'audio', 'cards', 'buttons', 'quick_replies'] as const satisfies ContentKind[];
type ContentKind = OutboundContent['kind'];

/**
 * Finds the send that a message on the page repeats and ties the two together; each send is matched once. What was
 * `unknown`, or wrongly called `rejected`, is thereby proven sent. One that was sent again comes after the new one, which
 * says the same and is the likelier. Returns null when no send of ours says this.
 */
export async function matchEcho(db: Queries, conversationId: string, page: PageMessage): Promise<EchoMatch | null> {
  // What proves a message touches its conversation as well, which is locked before its messages everywhere.
  await db.$queryRaw`SELECT id FROM conversations WHERE id = ${conversationId}::uuid FOR NO KEY UPDATE`;
  const row = (await tieSame(db, conversationId, page)) ?? (await tieForm(db, conversationId, page));
  if (!row) return null;
  const proof = { externalId: page.externalId, httpStatus: null, settledBy: 'echo', from: [row.state] };
  if (row.state === 'unknown' || row.state === 'rejected') await markOutboundSent(db, row.id, proof);
  return { outboundId: row.id };
}

interface Tied {
  id: string;
  state: OutboundState;
}

/** By the provider's id, the same words, or the same kind of thing without words. */
async function tieSame(
  db: Queries,
  conversationId: string,
  { eventId, fingerprint, media, externalId }: PageMessage,
): Promise<Tied | null> {
  const hasWords = fingerprint !== '';
  const kinds: readonly string[] = hasWords ? [] : media ? [media] : WORDLESS;
  const keptMinutes = hasWords ? ECHO_AFTER_SENT_MINUTES : WORDLESS_ECHO_AFTER_SENT_MINUTES;
  const [row] = await db.$queryRaw<Tied[]>`
    UPDATE outbound_messages SET echo_event_id = ${eventId}::uuid, updated_at = now()
    WHERE id = (
      SELECT id FROM outbound_messages
      WHERE conversation_id = ${conversationId}::uuid AND echo_event_id IS NULL
        AND (external_id = ${externalId}::text
          OR CASE WHEN ${hasWords} THEN fingerprint = ${fingerprint} ELSE content->>'kind' = ANY(${kinds}::text[]) END)
        AND (state IN ('sending', 'unknown')
          OR (state IN ('sent', 'rejected') AND updated_at > now() - ${keptMinutes}::int * interval '1 minute'))
      ORDER BY external_id = ${externalId}::text DESC NULLS LAST, state = 'rejected', state = 'unknown' AND settled_by <> '',
        created_at, position LIMIT 1 FOR UPDATE)
    RETURNING id, state`;
  return row ?? null;
}

/** More than this nobody sends to one customer while echoes are awaited. */
const MAX_UNCONFIRMED = 200;

/**
 * By other words that a channel makes of such a content. Another process may tie the same row meanwhile: then the next is
 * looked for.
 */
async function tieForm(
  db: Queries,
  conversationId: string,
  { eventId, fingerprint }: PageMessage,
): Promise<Tied | null> {
  if (fingerprint === '') return null;
  const rows = await db.$queryRaw<{ id: string; content: OutboundContent }[]>`
    SELECT id, content FROM outbound_messages
    WHERE conversation_id = ${conversationId}::uuid AND echo_event_id IS NULL
      AND (state IN ('sending', 'unknown')
        OR (state IN ('sent', 'rejected') AND updated_at > now() - ${ECHO_AFTER_SENT_MINUTES}::int * interval '1 minute'))
    ORDER BY state = 'rejected', state = 'unknown' AND settled_by <> '', created_at, position LIMIT ${MAX_UNCONFIRMED}`;
  for (const { id, content } of rows) {
    if (!echoFormsOf(content).includes(fingerprint)) continue;
    const [row] = await db.$queryRaw<Tied[]>`
      UPDATE outbound_messages SET echo_event_id = ${eventId}::uuid, updated_at = now()
      WHERE id = ${id}::uuid AND echo_event_id IS NULL
      RETURNING id, state`;
    if (row) return row;
  }
  return null;
}

/** True when the channel has already repeated this send. */
export async function hasEcho(db: Queries, id: string): Promise<boolean> {
  const row = await db.outboundMessage.findUnique({ where: { id }, select: { echoEventId: true } });
  return row?.echoEventId != null;
}

/** A message of a person, planned. `content` must fit the channel already. */
export async function planManualOutbound(
  db: Queries,
  row: {
    id: string;
    businessId: string;
    conversationId: string;
    userId: string | null;
    content: OutboundContent;
    text: string;
    fingerprint: string;
    resendOfId?: string;
    /** It waits until then. */
    sendAfter?: Date;
  },
): Promise<void> {
  await db.outboundMessage.create({
    data: { ...row, content: row.content as object, author: 'human', purpose: 'manual' },
  });
}

/** Throws ConflictError unless the row's outcome is unknown: only those are for an operator to settle. */
export function assertUnknown(state: string): void {
  if (state !== 'unknown')
    throw new ConflictError(`Only a message whose outcome is unknown can be settled; this one is ${state}.`);
}
