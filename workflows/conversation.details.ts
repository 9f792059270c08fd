import { type ConversationState, nextDeadlineMs, windowExpiresAtMs } from '../src/conversations/core/state.ts';

const time = (atMs: number | null): string => (atMs === null ? 'none' : new Date(atMs).toISOString());

/** What the Temporal Web UI shows as current details: Markdown, ids and times only. */
export function describeConversation(state: ConversationState, nowMs: number): string {
  const doing = state.turn ? `${state.turn.step} turn ${state.turn.id}` : state.busy === 'send' ? 'sending' : 'waiting';
  return [
    `**${state.mode}**${state.modeUntilMs === null ? '' : ` until ${time(state.modeUntilMs)}`}, ${state.status}, ${doing}`,
    '',
    `- window closes: ${time(windowExpiresAtMs(state))}`,
    `- follow-up: ${time(state.followUp?.dueAtMs ?? null)}`,
    `- timers: ${state.timers.map(({ kind, dueAtMs }) => `${kind} ${time(dueAtMs)}`).join(', ') || 'none'}`,
    `- next deadline: ${time(nextDeadlineMs(state, nowMs))}`,
    `- messages waiting: ${state.waiting.length}, last event: ${state.lastSeq}`,
  ].join('\n');
}
