import type { ConversationState } from '../core/state.ts';
import type { ConversationRef } from '../gateway.ts';

/** How a conversation's run and its rows can differ. */
export type DifferenceKind =
  /** The rows owe something, and no run is there to do it. */
  | 'missing_run'
  /** The run belongs to another core than this release's. */
  | 'other_core'
  /** The run's workflow task fails again and again. */
  | 'stuck_run'
  /** Something is overdue by its row, and the run, which could do it, does not know of it. */
  | 'overdue'
  /** The run's conversation does not exist. */
  | 'orphan_run';

export interface Difference {
  kind: DifferenceKind;
  /** Null for a run whose conversation does not exist. */
  ref: ConversationRef | null;
  workflowId: string;
  /** What the rows say is overdue, or the core of the run; for people. */
  note: string;
}

export interface Mended extends Difference {
  /** `later`: it was tried a moment ago, or the workers of the other core may still do it. */
  outcome: 'mended' | 'later' | 'failed';
}

/** What a row says should have happened by now. */
export type Overdue = 'mode_end' | 'window_end' | 'follow_up' | 'timer' | 'send' | 'answer';

/** A run whose workflow task failed this often is stuck. */
export const STUCK_ATTEMPTS = 2;

/**
 * True when the run is at work on what is overdue, or knows why not: a send may be repeated for hours while its provider is
 * away, and an answer may take its time.
 */
export function isAtWork(state: ConversationState): boolean {
  return state.busy !== null || state.recording || state.holding;
}
