import { describe, expect, it } from 'vitest';
import type { Founding } from '../../../../src/conversations/core/founding.ts';
import { type Command, isOver, newConversation } from '../../../../src/conversations/core/state.ts';
import { transition } from '../../../../src/conversations/core/transition.ts';
import {
  buildDecided,
  buildEvent,
  buildFounding,
  buildPolicy,
  buildReceived,
  HOUR_MS,
  NOON_MS,
} from '../../../support/builders.ts';

function found(changes: Partial<Founding>, nowMs = NOON_MS) {
  const founding = buildFounding({ lastCustomerAtMs: NOON_MS - 60_000, ...changes });
  return transition(newConversation(buildPolicy()), { type: 'founded', founding }, nowMs);
}

const recordsOf = (commands: Command[]) =>
  commands.flatMap((command) => (command.type === 'record' ? [command.changes] : []));

describe('transition: a run that is founded on the rows', () => {
  it('owes nothing where the rows owe nothing, and is over when the window was', () => {
    const { state, commands } = found({ settledSeq: 7, status: 'window_closed' });
    expect(commands).toEqual([]);
    expect(state).toMatchObject({ lastSeq: 7, runNumber: 1, status: 'window_closed' });
    expect(isOver(state, NOON_MS)).toBe(true);
    expect(isOver(found({ settledSeq: 7 }).state, NOON_MS)).toBe(false);
  });

  it('answers what no decision covers, under a number that no earlier turn had', () => {
    const { commands, state } = found({ settledSeq: 3, turns: 5, events: [buildEvent(4), buildEvent(6)] });
    expect(commands).toMatchObject([{ type: 'decide', turnId: '6.6', messageIds: ['m4', 'm6'], runNumber: 1 }]);
    expect(state.lastSeq).toBe(6);
  });

  it('takes up nothing that it is told again', () => {
    const { state } = found({ settledSeq: 3, events: [buildEvent(4)] });
    expect(transition(state, buildReceived([buildEvent(3), buildEvent(4)]), NOON_MS).commands).toEqual([]);
    const next = transition(state, buildReceived([buildEvent(5)]), NOON_MS);
    expect(transition(next.state, { type: 'recorded' }, NOON_MS).commands).toMatchObject([
      { type: 'cancel_decide' },
      { type: 'decide', messageIds: ['m4', 'm5'] },
    ]);
  });

  it('sends what a decision planned before it thinks of what came later', () => {
    const { commands, state } = found({
      sending: { turnId: '4.1', outboundIds: ['o1', 'o2'] },
      events: [buildEvent(5)],
      outbox: ['h1'],
    });
    expect(commands).toEqual([{ type: 'send', origin: 'turn', outboundIds: ['o1', 'o2'], followUpId: null }]);
    const sent = transition(state, { type: 'send_finished', origin: 'turn' }, NOON_MS);
    expect(sent.commands).toMatchObject([{ type: 'send', origin: 'operator', outboundIds: ['h1'] }]);
  });

  it('hands over after what was still to be said, at once where all was said', () => {
    const still = found({ handsOver: true, sending: { turnId: '4.1', outboundIds: ['o1'] } });
    expect(still.state.mode).toBe('bot');
    expect(transition(still.state, { type: 'send_finished', origin: 'turn' }, NOON_MS).state.mode).toBe('human');
    const all = found({ handsOver: true });
    expect(all.state.mode).toBe('human');
    expect(recordsOf(all.commands)).toMatchObject([{ mode: 'human' }]);
    expect(found({ handsOver: false }).state.mode).toBe('bot');
  });

  it('ends a take-over whose time was over meanwhile, and keeps one that still runs', () => {
    const tick = (modeUntilMs: number) =>
      transition(found({ mode: 'human', modeUntilMs }).state, { type: 'tick' }, NOON_MS).state.mode;
    expect(tick(NOON_MS - 1)).toBe('bot');
    expect(tick(NOON_MS + 1)).toBe('human');
  });

  it('carries out timers and follow-ups that became due meanwhile', () => {
    const later = { id: 't1', kind: 'send_later' as const, dueAtMs: NOON_MS - 1, outboundIds: ['o1'] };
    const { state, commands } = found({ timers: [later], followUp: { id: 'f1', dueAtMs: NOON_MS - 1 } });
    expect(commands).toMatchObject([{ type: 'send', followUpId: 'f1' }]);
    const ticked = transition(state, { type: 'tick' }, NOON_MS);
    const sent = transition(ticked.state, { type: 'send_finished', origin: 'follow_up' }, NOON_MS);
    expect(sent.commands).toMatchObject([{ type: 'send', origin: 'operator', outboundIds: ['o1'] }]);
  });

  it('sets timers that a decision wanted and no row shows', () => {
    const timer = { id: 'f1', kind: 'order_form' as const, dueAtMs: NOON_MS + HOUR_MS };
    const { state, commands } = found({ lostTimers: [{ set: [timer], cancel: [] }] });
    expect(state.timers).toEqual([timer]);
    expect(recordsOf(commands)).toMatchObject([{ timers: [{ type: 'set', timer }] }]);
  });

  it('gives way to a person who wrote on the page while nobody listened', () => {
    const { state, commands } = found({ events: [buildEvent(4), buildEvent(5, { kind: 'page_message' })] });
    expect(state).toMatchObject({ mode: 'human', waiting: [] });
    expect(recordsOf(commands)).toMatchObject([{ mode: 'human', settledSeq: 5 }]);
  });

  it('remembers what closes a loop', () => {
    const marks = { askedMark: 'a', replyMark: 'r' };
    const exchanges = [1, 2, 3].map((minute) => ({ atMs: NOON_MS - minute * 60_000, ...marks }));
    const { state } = found({ exchanges, events: [buildEvent(4)] });
    const turnId = state.turn?.id ?? '';
    expect(transition(state, buildDecided(turnId, marks), NOON_MS).state.mode).toBe('paused');
    const other = transition(state, buildDecided(turnId, { askedMark: 'b', replyMark: 's' }), NOON_MS);
    expect(other.state.mode).toBe('bot');
  });
});

describe('isOver', () => {
  it('keeps a run that still has to end a take-over, to send, or to answer', () => {
    const base = { status: 'window_closed' as const };
    expect(isOver(found({ ...base }).state, NOON_MS)).toBe(true);
    expect(isOver(found({ ...base, mode: 'human', modeUntilMs: NOON_MS + 1 }).state, NOON_MS)).toBe(false);
    expect(isOver(found({ ...base, mode: 'human', modeUntilMs: null }).state, NOON_MS)).toBe(true);
    expect(isOver(found({ ...base, followUp: { id: 'f', dueAtMs: NOON_MS + 1 } }).state, NOON_MS)).toBe(false);
    expect(isOver(found({ ...base, outbox: ['h1'] }).state, NOON_MS)).toBe(false);
  });

  it('lets a run rest a day after the last message where the channel has no window', () => {
    const founding = buildFounding({ lastCustomerAtMs: NOON_MS });
    const policy = buildPolicy({ windowMs: null });
    const { state } = transition(newConversation(policy), { type: 'founded', founding }, NOON_MS);
    expect(isOver(state, NOON_MS + 24 * HOUR_MS - 1)).toBe(false);
    expect(isOver(state, NOON_MS + 24 * HOUR_MS)).toBe(true);
    const late = transition(state, { type: 'tick' }, NOON_MS + 48 * HOUR_MS);
    expect(late.state.status).toBe('open');
  });
});
