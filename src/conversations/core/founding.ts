import type { ConversationMode, ConversationStatus } from '../../text/message.ts';
import type { Exchange } from './policy.ts';
import type { ConversationState, EventRef, PendingFollowUp } from './state.ts';
import type { ConversationTimer, DecidedTimers } from './timer.ts';

/**
 * What the rows say of a conversation: all that it owes and remembers. A run that nobody handed a state to begins with it,
 * whatever became of the runs before: terminated, lost with Temporal's store, of another core, or ended because nothing was
 * owed. Ids, kinds and times; no words.
 */
export interface Founding {
  runNumber: number;
  status: ConversationStatus;
  mode: ConversationMode;
  modeUntilMs: number | null;
  lastCustomerAtMs: number | null;
  /** Events up to this number are done with. */
  settledSeq: number;
  /** Turns that the rows know of. */
  turns: number;
  followUp: PendingFollowUp | null;
  timers: ConversationTimer[];
  /** What decisions wanted of timers and no row shows, oldest first. */
  lostTimers: DecidedTimers[];
  /** Answered turns of late, oldest first. */
  exchanges: Exchange[];
  /** Rows of a decision that are planned or whose outcome is open; null when there are none. */
  sending: { turnId: string; outboundIds: string[] } | null;
  /** A decision handed the conversation to a person, and nothing was shown of it yet. */
  handsOver: boolean;
  /** Planned rows that neither a decision nor a pending timer or follow-up will send: a person's, an order's notice. */
  outbox: string[];
  /** Events above `settledSeq` that no decision covers, in order: they happen once more. */
  events: EventRef[];
}

/** Puts what the rows say into a state in which nothing has happened yet. */
export function foundOn(state: ConversationState, founding: Founding): void {
  const { runNumber, status, mode, modeUntilMs, lastCustomerAtMs, followUp, settledSeq, turns } = founding;
  Object.assign(state, {
    runNumber,
    status,
    mode,
    modeUntilMs,
    lastCustomerAtMs,
    followUp,
    turns,
    lastSeq: settledSeq,
  });
  state.timers = [...founding.timers];
  state.exchanges = [...founding.exchanges];
  state.outbox = [...founding.outbox];
  if (founding.sending === null) return;
  const { turnId, outboundIds } = founding.sending;
  state.turn = {
    id: turnId,
    step: 'sending',
    messages: [],
    superseded: [],
    cancelFollowUpId: null,
    outboundIds,
    handsOver: founding.handsOver,
    takeBack: null,
    begun: true,
    ended: null,
  };
}
