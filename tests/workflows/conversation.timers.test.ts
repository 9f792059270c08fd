import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ConversationState, RecordChanges } from '../../src/conversations/core/state.ts';
import type { ConversationRef } from '../../src/conversations/gateway.ts';
import { ConflictError } from '../../src/platform/errors.ts';
import type { TimerKind } from '../../src/timer-kinds.ts';
import { conversationStateQuery } from '../../workflows/conversation.messages.ts';
import { HOUR_MS } from '../support/builders.ts';
import { eventNow, type Lab, startLab } from '../support/workflow-lab.ts';

let lab: Lab;
beforeAll(async () => {
  lab = await startLab();
});
afterAll(() => lab.close());

const by = 'u1';
const soon = (check: () => unknown) => expect.poll(check);

function begin(policy: Parameters<Lab['conversations']>[0] = {}) {
  const ref = lab.newRef();
  const conversations = lab.conversations(policy);
  const fakes = lab.fakes(ref);
  return {
    ref,
    conversations,
    fakes,
    set: (id: string, kind: TimerKind, inMs: number, outboundIds?: string[]) =>
      conversations.setTimer(ref, {
        createdBy: by,
        timer: { id, kind, dueAtMs: Date.now() + inMs, ...(outboundIds ? { outboundIds } : {}) },
      }),
    receive: (seq: number) => conversations.deliver({ ...ref, events: [eventNow(seq)] }),
    ended: () => fakes.recorded.flatMap(({ changes }) => changes.timers ?? []).filter(({ type }) => type === 'end'),
    last: (): RecordChanges | undefined => fakes.recorded.at(-1)?.changes,
  };
}

const state = (ref: ConversationRef): Promise<ConversationState> => lab.handle(ref).query(conversationStateQuery);

describe('conversation: timers', () => {
  it('shows a timer before the update returns, and brings a snoozed conversation back by itself', async () => {
    const { set, last, fakes } = begin();
    await set('s1', 'snooze', 500);
    expect(last()?.timers).toMatchObject([{ type: 'set', createdBy: by, timer: { id: 's1' } }]);
    await soon(() => last()).toEqual({
      status: 'open',
      timers: [{ type: 'end', id: 's1', kind: 'snooze', state: 'done', cause: 'due', reason: '' }],
    });
    expect(fakes.sent).toEqual([]);
  });

  it('brings a snoozed conversation back when the customer writes', async () => {
    const { ref, set, receive, ended } = begin();
    await set('s1', 'snooze', HOUR_MS);
    await receive(1);
    await soon(ended).toMatchObject([{ type: 'end', id: 's1', state: 'cancelled', reason: 'the customer wrote' }]);
    expect((await state(ref)).timers).toEqual([]);
  });

  it('sends at its time what was planned for later, and nothing of what was cancelled', async () => {
    const { ref, conversations, set, fakes } = begin();
    await set('l1', 'send_later', 300, ['o1', 'o2']);
    await set('l2', 'send_later', 400, ['o3']);
    await conversations.cancelTimer(ref, { timerId: 'l2' });
    await soon(async () => (await state(ref)).timers).toEqual([]);
    await soon(() => fakes.sent.map((send) => send.outboundIds)).toEqual([['o1', 'o2']]);
    expect((await state(ref)).mode).toBe('bot');
  });

  it('refuses a time that cannot be, and a timer that is not pending', async () => {
    const { ref, conversations, set, receive, fakes } = begin({ windowMs: HOUR_MS });
    await receive(1);
    await soon(() => fakes.sent.length).toBe(1);
    await expect(set('s1', 'snooze', -1)).rejects.toThrow(ConflictError);
    await expect(set('l1', 'send_later', HOUR_MS, ['o1'])).rejects.toThrow('window');
    await expect(conversations.cancelTimer(ref, { timerId: 'l1' })).rejects.toThrow('not pending');
    const moved = { timerId: 'l1', dueAtMs: Date.now() + 1000 };
    await expect(conversations.rescheduleTimer(ref, moved)).rejects.toThrow('not pending');
  });

  it('ends an order form that a decision opened, in its time', async () => {
    const { receive, fakes, last } = begin();
    fakes.onDecide = () => ({
      timers: { set: [{ id: 'f1', kind: 'order_form', dueAtMs: Date.now() + 400 }], cancel: [] },
    });
    await receive(1);
    await soon(() => last()?.timers?.[0]).toMatchObject({ type: 'end', id: 'f1', cause: 'due' });
  });

  it('carries its timers to the next run', async () => {
    const { ref, set, receive, fakes } = begin({ maxHistoryEvents: 5 });
    await set('l1', 'send_later', 2500, ['o1']);
    const runId = async () => (await lab.handle(ref).describe()).runId;
    const first = await runId();
    await receive(1);
    await soon(runId).not.toBe(first);
    expect((await state(ref)).timers).toMatchObject([{ id: 'l1' }]);
    await soon(() => fakes.sent.some((send) => send.outboundIds.includes('o1'))).toBe(true);
  });
});
