import { describe, expect, it } from 'vitest';
import {
  type Command,
  type ConversationEvent,
  type ConversationState,
  isOver,
  newConversation,
  nextDeadlineMs,
  type RecordChanges,
} from '../../../../src/conversations/core/state.ts';
import { type ConversationTimer, refuseTimerTime } from '../../../../src/conversations/core/timer.ts';
import { transition } from '../../../../src/conversations/core/transition.ts';
import { buildDecided, buildEvent, buildPolicy, buildReceived, HOUR_MS, NOON_MS } from '../../../support/builders.ts';

/** Feeds events and keeps all that was asked of the panel's rows and of the main lane. */
function play(...events: (ConversationEvent | number)[]) {
  let state: ConversationState = newConversation(buildPolicy());
  let nowMs = NOON_MS;
  const records: RecordChanges[] = [];
  const commands: Command[] = [];
  const feed = (event: ConversationEvent): void => {
    const next = transition(state, event, nowMs);
    state = next.state;
    for (const command of next.commands) {
      if (command.type === 'record') records.push(command.changes);
      else commands.push(command);
    }
    if (state.recording) feed({ type: 'recorded' });
  };
  for (const event of events) {
    if (typeof event === 'number') nowMs = event;
    else feed(event);
  }
  return { state, records, commands, nowMs };
}

const DUE_MS = NOON_MS + HOUR_MS;
const set = (timer: Partial<ConversationTimer> = {}): ConversationEvent => ({
  type: 'set_timer',
  timer: { id: 't1', kind: 'snooze', dueAtMs: DUE_MS, ...timer },
  createdBy: 'u1',
});
const received = (seq: number) => buildReceived([buildEvent(seq)]);
const tick: ConversationEvent = { type: 'tick' };

describe('transition: timers', () => {
  it('puts a conversation out of sight and brings it back at its time, not before', () => {
    const asleep = play(set(), DUE_MS - 1, tick);
    expect(asleep.records).toEqual([
      {
        timers: [{ type: 'set', timer: { id: 't1', kind: 'snooze', dueAtMs: DUE_MS }, createdBy: 'u1' }],
      },
    ]);
    expect(nextDeadlineMs(asleep.state, asleep.nowMs)).toBe(DUE_MS);
    const back = play(set(), DUE_MS, tick);
    expect(back.records.at(-1)).toEqual({
      status: 'open',
      timers: [{ type: 'end', id: 't1', kind: 'snooze', state: 'done', cause: 'due', reason: '' }],
    });
    expect(back.state.timers).toEqual([]);
  });

  it('brings a snoozed conversation back at once when the customer writes, but keeps a message that is to go later', () => {
    const later = set({ id: 't2', kind: 'send_later', outboundIds: ['o1'] });
    const { state, records } = play(set(), later, received(1));
    expect(records.at(-1)).toEqual({
      timers: [
        { type: 'end', id: 't1', kind: 'snooze', state: 'cancelled', cause: 'other', reason: 'the customer wrote' },
      ],
    });
    expect(state.timers.map(({ id }) => id)).toEqual(['t2']);
  });

  it('replaces a snooze by a newer one', () => {
    const { state, records } = play(set(), set({ id: 't2', dueAtMs: DUE_MS + 1 }));
    expect(state.timers).toEqual([{ id: 't2', kind: 'snooze', dueAtMs: DUE_MS + 1 }]);
    expect(records.at(-1)?.timers?.map((change) => change.type)).toEqual(['end', 'set']);
  });

  it('sends what a person wrote for later at its time, without taking the conversation over', () => {
    const later = set({ kind: 'send_later', outboundIds: ['o1', 'o2'] });
    expect(play(later, DUE_MS - 1, tick).commands).toEqual([]);
    const { commands, state } = play(later, DUE_MS, tick);
    expect(commands).toEqual([{ type: 'send', origin: 'operator', outboundIds: ['o1', 'o2'], followUpId: null }]);
    expect(state.mode).toBe('bot');
  });

  it('sends nothing of what was cancelled or moved to later', () => {
    const later = set({ kind: 'send_later', outboundIds: ['o1'] });
    const cancelled = play(later, { type: 'cancel_timer', timerId: 't1' }, DUE_MS, tick);
    expect(cancelled.commands).toEqual([]);
    expect(cancelled.records.at(-1)?.timers?.[0]).toMatchObject({ state: 'cancelled' });
    const moved = play(later, { type: 'reschedule_timer', timerId: 't1', dueAtMs: DUE_MS + 5 }, DUE_MS, tick);
    expect(moved.commands).toEqual([]);
    expect(nextDeadlineMs(moved.state, DUE_MS)).toBe(DUE_MS + 5);
  });

  it('ends an order form that nobody goes on with, and lets a turn under way move that end', () => {
    const timers = { set: [{ id: 'f1', kind: 'order_form' as const, dueAtMs: DUE_MS }], cancel: [] };
    const asked: ConversationEvent[] = [received(1), buildDecided('1.1', { timers })];
    const sent: ConversationEvent = { type: 'send_finished', origin: 'turn' };
    expect(play(...asked, sent, DUE_MS, tick).records.at(-1)?.timers).toMatchObject([
      { type: 'end', id: 'f1', kind: 'order_form', cause: 'due' },
    ]);

    const held = play(...asked, sent, DUE_MS - 1, received(2), DUE_MS, tick);
    expect(held.state.timers).toHaveLength(1);
    const more = { set: [{ id: 'f1', kind: 'order_form' as const, dueAtMs: DUE_MS + HOUR_MS }], cancel: [] };
    const moved = play(
      ...asked,
      sent,
      DUE_MS - 1,
      received(2),
      DUE_MS,
      tick,
      buildDecided('2.2', { timers: more }),
      sent,
      tick,
    );
    expect(moved.state.timers).toEqual(more.set);
    expect(moved.records.some(({ timers = [] }) => timers.some((change) => change.type === 'end'))).toBe(false);
    const done = buildDecided('2.2', { timers: { set: [], cancel: ['f1'] } });
    expect(play(...asked, sent, received(2), done, sent, DUE_MS, tick).state.timers).toEqual([]);
  });

  it('ignores the timers of a decision that was taken back', () => {
    const timers = { set: [{ id: 'f1', kind: 'order_form' as const, dueAtMs: DUE_MS }], cancel: [] };
    expect(play(received(1), received(2), buildDecided('1.1', { timers })).state.timers).toEqual([]);
  });

  it('cancels everything when the conversation is closed, and stays for what is set after that', () => {
    const closed = play(set(), set({ id: 't2', kind: 'send_later', outboundIds: ['o1'] }), { type: 'close' });
    expect(isOver(closed.state, NOON_MS)).toBe(true);
    const again = play({ type: 'close' }, set());
    expect(isOver(again.state, NOON_MS)).toBe(false);
    const back = play({ type: 'close' }, set(), DUE_MS, tick);
    expect(back.records.at(-1)).toMatchObject({ status: 'open' });
  });
});

describe('refuseTimerTime', () => {
  it('takes a time to come, within the window where the kind needs that', () => {
    expect(refuseTimerTime('send_later', DUE_MS, NOON_MS, DUE_MS + 1)).toBeNull();
    expect(refuseTimerTime('snooze', DUE_MS, NOON_MS, DUE_MS)).toBeNull();
  });
  it('refuses what is past, no number, or beyond the window', () => {
    expect(refuseTimerTime('snooze', NOON_MS, NOON_MS, null)).toContain('future');
    expect(refuseTimerTime('snooze', Number.NaN, NOON_MS, null)).toContain('future');
    expect(refuseTimerTime('send_later', DUE_MS, NOON_MS, DUE_MS)).toContain('window');
  });
});
