import type { ConversationState, RecordChanges } from './state.ts';

/** Changes of which each must be written; of the others only the latest counts. */
const SINGULAR = ['abandonTurns', 'cancelFollowUp', 'ticket'] as const;

/** Asks for a change of what the panel shows. Requests are merged while that loses nothing. */
export function record(state: ConversationState, changes: RecordChanges): void {
  state.recordsAsked += 1;
  const last = state.toRecord.at(-1);
  if (!last || SINGULAR.some((key) => last.changes[key] && changes[key])) {
    state.toRecord.push({ changes, asked: state.recordsAsked });
    return;
  }
  // Timers are a list of what happened to them, in order: none of it may be forgotten.
  const timers = [...(last.changes.timers ?? []), ...(changes.timers ?? [])];
  const settledSeq = Math.max(last.changes.settledSeq ?? 0, changes.settledSeq ?? 0);
  last.changes = {
    ...last.changes,
    ...changes,
    ...(timers.length > 0 ? { timers } : {}),
    ...(settledSeq > 0 ? { settledSeq } : {}),
  };
  last.asked = state.recordsAsked;
}

/** Asks for a change of the mode. The bot begins nothing by itself until that is written, because the gate reads it there. */
export function recordMode(state: ConversationState, changes: RecordChanges): void {
  record(state, changes);
  state.modeRecord = state.recordsAsked;
}
