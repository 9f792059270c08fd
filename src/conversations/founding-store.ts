import type { Database, Queries } from '../platform/database/client.ts';
import { markOf, markOfAsked } from '../text/fingerprint.ts';
import type { ConversationMode, ConversationStatus } from '../text/message.ts';
import { TIMER_KINDS } from '../timer-kinds.ts';
import type { Founding } from './core/founding.ts';
import type { Exchange } from './core/policy.ts';
import type { EventRef, PendingFollowUp } from './core/state.ts';
import type { ConversationTimer, DecidedTimers } from './core/timer.ts';

interface RawExchange {
  atMs: number;
  messageIds: string[];
  asked: string | null;
  reply: string;
}

interface RawFounding {
  run_number: number;
  status: ConversationStatus;
  mode: ConversationMode;
  mode_until: Date | null;
  last_user_message_at: Date | null;
  settled_seq: bigint;
  turns: bigint;
  follow_up: PendingFollowUp | null;
  timers: ConversationTimer[] | null;
  lost_timers: DecidedTimers[] | null;
  exchanges: RawExchange[] | null;
  sending: { turnId: string; outboundId: string }[] | null;
  outbox: string[] | null;
  for_later: { id: string; dueAtMs: number }[] | null;
  events: EventRef[] | null;
  handed_over_at: Date | null;
}

/** The loop breaker counts over minutes; what is older does not matter to it. */
const EXCHANGES_SINCE_MS = 3_600_000;
const MAX_EXCHANGES = 40;

/**
 * Reads all that a conversation owes and gives its next run a number: what an earlier run still thinks of cannot be stored
 * from now on. Null when the conversation does not exist any more.
 */
export async function foundConversation(db: Database, conversationId: string): Promise<Founding | null> {
  return db.$transaction(async (tx) => {
    const numbered = await tx.$executeRaw`
      UPDATE conversations SET run_number = run_number + 1 WHERE id = ${conversationId}::uuid`;
    if (numbered === 0) return null;
    await markAnswered(tx, conversationId);
    const [row] = await readFounding(tx, conversationId);
    return row ? toFounding(row) : null;
  });
}

/** An answered message whose hand-over was not noted would be handed over again, to a run that has not seen it. */
async function markAnswered(tx: Queries, conversationId: string): Promise<void> {
  await tx.$executeRaw`
    UPDATE inbound_events e SET dispatched_at = now()
    WHERE e.conversation_id = ${conversationId}::uuid AND e.dispatched_at IS NULL AND e.replay_count = 0
      AND EXISTS (SELECT FROM decisions d WHERE d.conversation_id = e.conversation_id AND d.state = 'decided'
                  AND e.message_id = ANY(d.message_ids))`;
}

function readFounding(tx: Queries, conversationId: string): Promise<RawFounding[]> {
  const since = new Date(Date.now() - EXCHANGES_SINCE_MS);
  return tx.$queryRaw<RawFounding[]>`
    WITH decided AS (
      SELECT d.* FROM decisions d WHERE d.conversation_id = ${conversationId}::uuid AND d.state = 'decided'
    ), pending AS (
      SELECT t.* FROM timers t WHERE t.conversation_id = ${conversationId}::uuid AND t.state = 'pending'
    ), owed AS (
      SELECT o.id, o.created_at, o.position, o.decision_id, o.send_after FROM outbound_messages o
      WHERE o.conversation_id = ${conversationId}::uuid AND o.state IN ('planned', 'sending') AND o.follow_up_id IS NULL
        AND NOT EXISTS (SELECT FROM pending WHERE o.id = ANY(pending.outbound_ids))
    )
    SELECT c.run_number, c.status, c.mode, c.mode_until, c.last_user_message_at, c.settled_seq,
      (SELECT count(*) FROM decisions d WHERE d.conversation_id = c.id) AS turns,
      (SELECT json_build_object('id', f.id, 'dueAtMs', (extract(epoch FROM f.due_at) * 1000)::bigint)
       FROM follow_ups f WHERE f.conversation_id = c.id AND f.state = 'pending' LIMIT 1) AS follow_up,
      (SELECT json_agg(json_build_object('id', id, 'kind', kind, 'dueAtMs', (extract(epoch FROM due_at) * 1000)::bigint,
                'outboundIds', to_json(outbound_ids)) ORDER BY due_at, id) FROM pending) AS timers,
      (SELECT json_agg(d.timers ORDER BY d.decided_at) FROM decided d
       WHERE d.timers IS NOT NULL AND d.decided_at > now() - interval '1 day'
         AND NOT EXISTS (SELECT FROM timers t WHERE t.id = ANY(
           ARRAY(SELECT (jsonb_array_elements(d.timers->'set')->>'id')::uuid)))) AS lost_timers,
      (SELECT json_agg(e ORDER BY e."atMs") FROM (
         SELECT (extract(epoch FROM d.decided_at) * 1000)::bigint AS "atMs", d.message_ids AS "messageIds",
           (SELECT string_agg(coalesce(nullif(m.text, ''), m.payload, ''), E'\n' ORDER BY m.sent_at, m.id)
            FROM messages m WHERE m.id = ANY(d.message_ids)) AS asked,
           (SELECT string_agg(o.text, E'\n' ORDER BY o.position) FROM outbound_messages o WHERE o.decision_id = d.id) AS reply
         FROM decided d WHERE d.decided_at > ${since} ORDER BY d.decided_at DESC LIMIT ${MAX_EXCHANGES}) AS e
       WHERE e.reply IS NOT NULL) AS exchanges,
      (SELECT json_agg(json_build_object('turnId', d.turn_id, 'outboundId', owed.id) ORDER BY owed.created_at, owed.position)
       FROM owed JOIN decided d ON d.id = owed.decision_id) AS sending,
      (SELECT json_agg(owed.id ORDER BY owed.created_at, owed.position) FROM owed
       WHERE owed.decision_id IS NULL AND coalesce(owed.send_after <= now(), true)) AS outbox,
      (SELECT json_agg(json_build_object('id', owed.id, 'dueAtMs', (extract(epoch FROM owed.send_after) * 1000)::bigint)
                ORDER BY owed.created_at, owed.position)
       FROM owed WHERE owed.decision_id IS NULL AND owed.send_after > now()) AS for_later,
      (SELECT json_agg(json_build_object('seq', e.seq, 'kind', e.kind, 'messageId', e.message_id,
                'atMs', (extract(epoch FROM e.occurred_at) * 1000)::bigint) ORDER BY e.seq)
       FROM inbound_events e
       WHERE e.conversation_id = c.id AND e.seq > c.settled_seq AND e.kind IN ('message', 'page_message', 'opt_out', 'opt_in')
         -- A number tells when it was given: an answer from before does not answer what was replayed since.
         AND NOT EXISTS (SELECT FROM decided d WHERE e.message_id = ANY(d.message_ids)
           AND (e.replay_count = 0 OR d.decided_at > to_timestamp(e.seq / 1e6)))) AS events,
      (SELECT max(d.decided_at) FROM decided d
       WHERE d.outcome = 'handoff' AND d.decided_at > coalesce(c.mode_at, '-infinity')) AS handed_over_at
    FROM conversations c WHERE c.id = ${conversationId}::uuid`;
}

function toFounding(row: RawFounding): Founding {
  const sending = row.sending ?? [];
  // A later release may have had kinds that this one lacks: their rows wait for it.
  const isKnown = ({ kind }: ConversationTimer) => TIMER_KINDS.includes(kind);
  const timers = (row.timers ?? [])
    .filter(isKnown)
    .map(({ outboundIds = [], ...timer }) => (outboundIds.length > 0 ? { ...timer, outboundIds } : timer));
  const lost = (row.lost_timers ?? []).map(({ set, cancel }) => ({ set: set.filter(isKnown), cancel }));
  return {
    runNumber: row.run_number,
    status: row.status,
    mode: row.mode,
    modeUntilMs: row.mode_until?.getTime() ?? null,
    lastCustomerAtMs: row.last_user_message_at?.getTime() ?? null,
    settledSeq: Number(row.settled_seq),
    turns: Number(row.turns),
    followUp: row.follow_up,
    timers,
    lostTimers: [...lost, ...(row.for_later ?? []).map(toSendLater)],
    exchanges: (row.exchanges ?? []).map(toExchange),
    sending:
      sending.length === 0
        ? null
        : { turnId: localTurnId(sending[0]?.turnId ?? ''), outboundIds: sending.map(({ outboundId }) => outboundId) },
    handsOver: row.handed_over_at !== null && row.mode === 'bot',
    outbox: row.outbox ?? [],
    events: row.events ?? [],
  };
}

function toExchange({ atMs, messageIds, asked, reply }: RawExchange): Exchange {
  return { atMs, askedMark: markOfAsked(asked ?? '', messageIds), replyMark: markOf(reply) };
}

/** A person's message for later whose timer nobody set: whoever planned it died in between. */
function toSendLater({ id, dueAtMs }: { id: string; dueAtMs: number }): DecidedTimers {
  return { set: [{ id, kind: 'send_later', dueAtMs, outboundIds: [id] }], cancel: [] };
}

/** The database knows a turn by its conversation's id and its own; the workflow by its own alone. */
function localTurnId(turnId: string): string {
  return turnId.slice(turnId.indexOf(':') + 1);
}
