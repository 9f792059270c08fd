import type { Queries } from '../platform/database/client.ts';
import type { TimerKind } from '../timer-kinds.ts';
import type { ConversationTimer, TimerChange } from './core/timer.ts';

interface Owner {
  businessId: string;
  conversationId: string;
}

type TimerEnd = Extract<TimerChange, { type: 'end' }>;

/** What whoever has a kind of timer writes of its own, in the same transaction. It may be repeated. */
export interface TimerHooks {
  onSet?(tx: Queries, owner: Owner, timer: ConversationTimer): Promise<void>;
  onEnd?(tx: Queries, owner: Owner, end: TimerEnd): Promise<void>;
}

export type TimerHooksByKind = Partial<Record<TimerKind, TimerHooks>>;

/** Shows what happened to a conversation's timers. Give it a transaction. May be repeated without harm. */
export async function recordTimers(
  db: Queries,
  owner: Owner,
  changes: readonly TimerChange[],
  hooks: TimerHooksByKind = {},
): Promise<void> {
  for (const change of changes) {
    if (change.type === 'set') {
      await storeTimer(db, owner, change);
      await hooks[change.timer.kind]?.onSet?.(db, owner, change.timer);
    } else {
      await endTimer(db, owner, change);
      await hooks[change.kind]?.onEnd?.(db, owner, change);
    }
  }
}

async function storeTimer(db: Queries, owner: Owner, { timer, createdBy }: Extract<TimerChange, { type: 'set' }>) {
  const { id, kind, dueAtMs, outboundIds = [] } = timer;
  const dueAt = new Date(dueAtMs);
  // The row of a timer that is moved keeps its maker. One of another conversation can never be touched.
  await db.$executeRaw`
    INSERT INTO timers (id, business_id, conversation_id, kind, due_at, outbound_ids, created_by)
    VALUES (${id}::uuid, ${owner.businessId}::uuid, ${owner.conversationId}::uuid, ${kind}, ${dueAt},
      ${outboundIds}::uuid[], ${createdBy})
    ON CONFLICT (id) DO UPDATE SET due_at = excluded.due_at, state = 'pending', reason = '', updated_at = now()
    WHERE timers.conversation_id = excluded.conversation_id`;
}

/** What a cancelled timer would have sent is blocked, so that nothing planned stays behind. */
async function endTimer(db: Queries, owner: Owner, { id, state, reason }: TimerEnd) {
  await db.$executeRaw`
    WITH ended AS (
      UPDATE timers SET state = ${state}, reason = ${reason}, updated_at = now()
      WHERE id = ${id}::uuid AND conversation_id = ${owner.conversationId}::uuid AND state = 'pending'
      RETURNING state, outbound_ids
    )
    UPDATE outbound_messages o SET state = 'blocked', reason = 'timer_cancelled', updated_at = now()
    FROM ended WHERE ended.state = 'cancelled' AND o.id = ANY(ended.outbound_ids) AND o.state = 'planned'`;
}
