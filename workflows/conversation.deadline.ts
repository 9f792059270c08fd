import * as wf from '@temporalio/workflow';
import type { ConversationState } from '../src/conversations/core/state.ts';

/**
 * One timer for the whole conversation, recomputed lazily: a later deadline lets the running timer fire and asks again, so
 * a customer's every message does not cost a timer. Only an earlier deadline replaces it.
 */
export class DeadlineTimer {
  isOver = false;
  #atMs = Number.POSITIVE_INFINITY;
  #scope: wf.CancellationScope | null = null;

  until(deadlineMs: number | null, state: ConversationState): void {
    if (deadlineMs === null || deadlineMs >= this.#atMs || this.isOver) return;
    this.#scope?.cancel();
    this.#atMs = deadlineMs;
    const scope = new wf.CancellationScope();
    this.#scope = scope;
    void scope
      .run(() => wf.sleep(Math.max(1, deadlineMs - Date.now()), { summary: deadlineSummary(state, deadlineMs) }))
      .then(
        () => {
          this.isOver = this.#scope === scope;
        },
        (error) => {
          if (!wf.isCancellation(error)) throw error;
        },
      );
  }

  clear(): void {
    this.isOver = false;
    this.#atMs = Number.POSITIVE_INFINITY;
    this.#scope = null;
  }
}

function deadlineSummary(state: ConversationState, deadlineMs: number): string {
  if (state.followUp?.dueAtMs === deadlineMs) return 'Follow-up is due';
  if (state.mode !== 'bot' && state.modeUntilMs === deadlineMs) return 'The bot takes over again';
  const timer = state.timers.find(({ dueAtMs }) => dueAtMs === deadlineMs);
  return timer ? `Timer: ${timer.kind}` : 'The messaging window closes';
}
