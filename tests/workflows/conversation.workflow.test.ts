import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ConversationState } from '../../src/conversations/core/state.ts';
import type { ConversationRef } from '../../src/conversations/gateway.ts';
import type { Conversations } from '../../src/conversations/workflow-gateway.ts';
import { ConflictError } from '../../src/platform/errors.ts';
import { conversationStateQuery } from '../../workflows/conversation.messages.ts';
import { eventNow, type FakeActivities, hang, type Lab, startLab } from '../support/workflow-lab.ts';

let lab: Lab;
let ref: ConversationRef;
let fakes: FakeActivities;
let conversations: Conversations;

beforeAll(async () => {
  lab = await startLab();
});
afterAll(async () => {
  await lab.close();
});

const begin = (policy: Parameters<Lab['conversations']>[0] = {}): void => {
  ref = lab.newRef();
  fakes = lab.fakes(ref);
  conversations = lab.conversations(policy);
};
const receive = (...seqs: number[]) => conversations.deliver({ ...ref, events: seqs.map((seq) => eventNow(seq)) });
const state = (): Promise<ConversationState> => lab.handle(ref).query(conversationStateQuery);
const soon = (check: () => unknown) => expect.poll(check);
const sentIds = () => fakes.sent.flatMap((send) => send.outboundIds);
const recorded = () => fakes.recorded.map((record) => record.changes);

describe('conversation: turns', () => {
  it('answers a burst with one decision and one send', async () => {
    begin();
    const events = [eventNow(1), eventNow(2), eventNow(3)];
    await conversations.deliver({ ...ref, events });
    await soon(() => fakes.sent.length).toBe(1);
    expect(fakes.decided).toHaveLength(1);
    expect(fakes.decided[0]).toMatchObject({
      identity: { conversationId: ref.conversationId, businessId: ref.businessId },
      messageIds: events.map((event) => event.messageId),
      optOut: false,
    });
    expect(sentIds()).toEqual([`out-${fakes.decided[0]?.turnId}`]);
  });

  it('takes back a decision that hangs when a newer message comes, without waiting for it', async () => {
    begin();
    fakes.onDecide = (input) => (input.messageIds.length === 1 ? hang() : {});
    await receive(1);
    await soon(() => fakes.decided.length).toBe(1);
    await receive(2);
    await soon(() => fakes.sent.length).toBe(1);
    expect(fakes.decided[1]?.supersedesTurnIds).toEqual([fakes.decided[0]?.turnId]);
    expect(sentIds()).toEqual([`out-${fakes.decided[1]?.turnId}`]);
  });

  it('lets a message that comes during a send wait for its end', async () => {
    begin();
    let finish = () => {};
    fakes.onSend = () => new Promise<void>((resolve) => (finish = resolve));
    await receive(1);
    await soon(() => fakes.sent.length).toBe(1);
    await receive(2);
    await soon(async () => (await state()).waiting.length).toBe(1);
    expect(fakes.decided).toHaveLength(1);
    fakes.onSend = () => {};
    finish();
    await soon(() => fakes.sent.length).toBe(2);
    expect(fakes.decided[1]).toMatchObject({ supersedesTurnIds: [] });
  });

  it('asks for no second send when the answer left with its decision', async () => {
    begin();
    fakes.onDecide = () => ({ sent: true });
    await receive(1);
    await soon(async () => (await state()).exchanges.length).toBe(1);
    await receive(2);
    await soon(() => fakes.decided.length).toBe(2);
    expect(fakes.decided[1]).toMatchObject({ supersedesTurnIds: [] });
    expect(fakes.sent).toEqual([]);
  });

  it('does not cancel a decision whose sending has begun: the newer message is answered after it', async () => {
    begin();
    let finish = () => {};
    fakes.onDecide = (input) =>
      input.turnId.endsWith('.1') ? new Promise((resolve) => (finish = () => resolve({ sent: true }))) : { sent: true };
    fakes.onRecord = ({ changes }) => ({ begunTurnIds: changes.abandonTurns?.turnIds ?? [] });
    await receive(1);
    await soon(() => fakes.decided.length).toBe(1);
    await receive(2);
    await soon(async () => (await state()).turn?.begun).toBe(true);
    expect(fakes.decided).toHaveLength(1);
    finish();
    await soon(() => fakes.decided.length).toBe(2);
    expect(fakes.decided[1]).toMatchObject({ supersedesTurnIds: [] });
    expect(fakes.decided[1]?.messageIds).toHaveLength(1);
  });

  it('gives way to a run on the rows when it is told that another has replaced it', async () => {
    begin();
    fakes.onDecide = () => ({ outcome: 'outdated', outboundIds: [] });
    fakes.onFound = () => ({ runNumber: 7 });
    await receive(1);
    await soon(async () => (await state()).runNumber).toBe(7);
    expect(fakes.decided).toHaveLength(1);
  });

  it('answers an event once, however often it is delivered', async () => {
    begin();
    await Promise.all(Array.from({ length: 5 }, () => receive(1)));
    await soon(() => fakes.sent.length).toBe(1);
    await receive(1);
    await receive(2);
    await soon(() => fakes.sent.length).toBe(2);
    expect(fakes.decided).toHaveLength(2);
  });

  it('decides in a local activity when no model is asked', async () => {
    begin({ decideLocally: true });
    await receive(1);
    await soon(() => fakes.sent.length).toBe(1);
    const { events = [] } = await lab.handle(ref).fetchHistory();
    const scheduled = events?.filter((event) => event.activityTaskScheduledEventAttributes) ?? [];
    expect(scheduled.map((event) => event.activityTaskScheduledEventAttributes?.activityType?.name)).toEqual([
      'sendOutbound',
    ]);
  });

  it('calls a person when a decision fails for good, and goes on', async () => {
    begin();
    const { ApplicationFailure } = await import('@temporalio/activity');
    fakes.onDecide = () => {
      throw ApplicationFailure.create({ type: 'not_found', message: 'not_found', nonRetryable: true });
    };
    await receive(1);
    await soon(() => recorded().find((changes) => changes.ticket)?.ticket).toEqual({
      reason: 'model_failed',
      note: 'not_found',
    });
    fakes.onDecide = () => ({});
    await receive(2);
    await soon(() => fakes.sent.length).toBe(1);
  });

  it('survives a send that fails for good: the next message is answered', async () => {
    begin();
    const { ApplicationFailure } = await import('@temporalio/activity');
    fakes.onSend = () => {
      throw ApplicationFailure.create({ type: 'gone', message: 'gone', nonRetryable: true });
    };
    await receive(1);
    await soon(() => fakes.sent.length).toBe(1);
    fakes.onSend = () => {};
    await receive(2);
    await soon(() => fakes.sent.length).toBe(2);
  });

  it('breaks a loop: pauses, calls a person, tells the customer and sends nothing more', async () => {
    begin({ loop: { withinMs: 60_000, sameExchanges: 3, sameReplies: 9, replies: 9, pauseMs: 600_000 } });
    fakes.onDecide = () => ({ askedMark: 'same', replyMark: 'same' });
    fakes.onRecord = ({ changes }) => (changes.notice ? { plannedIds: ['notice-1'] } : undefined);
    for (const seq of [1, 2, 3]) {
      await receive(seq);
      await soon(() => fakes.decided.length).toBe(seq);
      if (seq < 3) await soon(() => fakes.sent.length).toBe(seq);
    }
    await soon(() => recorded().find((changes) => changes.ticket)?.ticket?.reason).toBe('loop');
    await soon(() => fakes.sent.length).toBe(3);
    expect(fakes.sent.at(-1)?.outboundIds).toEqual(['notice-1']);
    expect(await state()).toMatchObject({ mode: 'paused', turn: null, outbox: [] });
    await receive(4);
    await soon(async () => (await state()).waiting.length).toBe(1);
    expect(fakes.sent).toHaveLength(3);
  });
});

describe('conversation: people', () => {
  it('stops thinking at a take-over and answers what waited after the release', async () => {
    begin();
    fakes.onDecide = hang;
    await receive(1);
    await soon(() => fakes.decided.length).toBe(1);
    await conversations.takeOver(ref, {});
    expect(recorded().at(-1)).toMatchObject({
      mode: 'human',
      abandonTurns: { turnIds: [fakes.decided[0]?.turnId], reason: 'human_took_over' },
    });
    await receive(2);
    await soon(async () => (await state()).waiting.length).toBe(2);
    expect(fakes.decided).toHaveLength(1);
    fakes.onDecide = () => ({});
    await conversations.release(ref);
    expect(recorded().at(-1)).toMatchObject({ mode: 'bot', modeUntilMs: null });
    await soon(() => fakes.sent.length).toBe(1);
    expect(fakes.decided[1]?.messageIds).toHaveLength(2);
  });

  it('returns to the bot by itself when the take-over ends', async () => {
    begin({ takeoverMs: 3000 });
    await conversations.takeOver(ref, {});
    await receive(1);
    await soon(async () => (await state()).waiting.length).toBe(1);
    await soon(() => fakes.sent.length).toBe(1);
    await soon(async () => (await state()).mode).toBe('bot');
  });

  it('returns from an operator only after the panel shows the change', async () => {
    begin();
    let shown = false;
    fakes.onRecord = async () => {
      await new Promise((resolve) => setTimeout(resolve, 300));
      shown = true;
    };
    await conversations.takeOver(ref, {});
    expect(shown).toBe(true);
  });

  it('takes over while a send hangs at the provider', async () => {
    begin();
    let finish = () => {};
    fakes.onSend = () => new Promise<void>((resolve) => (finish = resolve));
    await receive(1);
    await soon(() => fakes.sent.length).toBe(1);
    await conversations.takeOver(ref, {});
    expect(recorded().at(-1)).toMatchObject({ mode: 'human' });
    finish();
  });

  it('sends what people write in the order of the panel', async () => {
    begin();
    const ids = ['h1', 'h2', 'h3'];
    for (const outboundId of ids) await conversations.sendOutbound(ref, { outboundId });
    await soon(() => sentIds()).toEqual(ids);
    expect((await state()).mode).toBe('human');
  });

  it('closes and ends; the next message starts anew', async () => {
    begin();
    await receive(1);
    await soon(() => fakes.sent.length).toBe(1);
    const first = (await lab.handle(ref).describe()).runId;
    await conversations.close(ref);
    await soon(async () => (await lab.handle(ref).describe()).status.name).toBe('COMPLETED');
    await receive(2);
    await soon(() => fakes.sent.length).toBe(2);
    expect((await lab.handle(ref).describe()).runId).not.toBe(first);
  });

  it('refuses what cannot be, and leaves no trace of it in the history', async () => {
    begin();
    await receive(1);
    await soon(() => fakes.sent.length).toBe(1);
    const untilMs = Date.now() - 1000;
    await expect(conversations.takeOver(ref, { untilMs })).rejects.toThrow(ConflictError);
    await expect(conversations.takeOver(ref, { untilMs })).rejects.toThrow('The time must be in the future.');
    await expect(conversations.cancelFollowUp(ref, { followUpId: 'none' })).rejects.toThrow(/not pending/);
    const { events } = await lab.handle(ref).fetchHistory();
    expect(events?.some((event) => event.workflowExecutionUpdateAcceptedEventAttributes)).toBe(false);
    await conversations.takeOver(ref, { untilMs: Date.now() + 60_000 });
    const after = await lab.handle(ref).fetchHistory();
    expect(after.events?.some((event) => event.workflowExecutionUpdateAcceptedEventAttributes)).toBe(true);
  });
});

describe('conversation: follow-ups', () => {
  const promise = (inMs: number) => {
    fakes.onDecide = () => ({ followUp: { id: 'follow-1', dueAtMs: Date.now() + inMs } });
  };

  it('sends a follow-up when the customer stays silent', async () => {
    begin();
    promise(600);
    await receive(1);
    await soon(() => fakes.sent.length).toBe(1);
    await soon(() => fakes.sent[1]).toMatchObject({ followUpId: 'follow-1', outboundIds: [] });
    await soon(async () => (await state()).followUp).toBeNull();
  });

  it('does not wake again and again while a follow-up hangs at the provider', async () => {
    begin();
    promise(200);
    let finish = () => {};
    fakes.onSend = ({ followUpId }) => (followUpId ? new Promise<void>((resolve) => (finish = resolve)) : undefined);
    await receive(1);
    await soon(() => fakes.sent.length).toBe(2);
    await new Promise((resolve) => setTimeout(resolve, 500));
    const { events } = await lab.handle(ref).fetchHistory();
    expect(events?.filter((event) => event.timerStartedEventAttributes).length).toBeLessThanOrEqual(3);
    finish();
  });

  it('forgets it when the customer writes', async () => {
    begin();
    promise(3000);
    await receive(1);
    await soon(() => fakes.sent.length).toBe(1);
    fakes.onDecide = () => ({});
    await receive(2);
    await soon(() => fakes.sent.length).toBe(2);
    expect(fakes.decided[1]?.cancelFollowUpId).toBe('follow-1');
    await new Promise((resolve) => setTimeout(resolve, 3300));
    expect(fakes.sent).toHaveLength(2);
  });

  it('can be cancelled and moved by an operator, within the window', async () => {
    begin();
    promise(3_600_000);
    await receive(1);
    await soon(async () => (await state()).followUp?.id).toBe('follow-1');
    const followUpId = 'follow-1';
    const tooLateMs = Date.now() + 25 * 3_600_000;
    await expect(conversations.rescheduleFollowUp(ref, { followUpId, dueAtMs: tooLateMs })).rejects.toThrow(
      /before the messaging window/,
    );
    await expect(conversations.rescheduleFollowUp(ref, { followUpId, dueAtMs: 1 })).rejects.toThrow(/future/);
    const dueAtMs = Date.now() + 2000;
    await conversations.rescheduleFollowUp(ref, { followUpId, dueAtMs });
    expect(recorded().at(-1)).toEqual({ rescheduleFollowUp: { id: followUpId, dueAtMs } });
    await soon(() => fakes.sent.at(-1)?.followUpId).toBe(followUpId);

    begin();
    promise(3000);
    await receive(1);
    await soon(async () => (await state()).followUp?.id).toBe('follow-1');
    await conversations.cancelFollowUp(ref, { followUpId });
    expect(recorded().at(-1)).toEqual({ cancelFollowUp: { id: followUpId, reason: 'cancelled by an operator' } });
    await new Promise((resolve) => setTimeout(resolve, 3300));
    expect(fakes.sent).toHaveLength(1);
  });

  it('knows in a run that an operator begins how long ago the customer wrote', async () => {
    begin();
    fakes.onFound = () => ({ status: 'window_closed', lastCustomerAtMs: Date.now() - 25 * 3_600_000 });
    await conversations.takeOver(ref, {});
    expect(recorded().at(-1)).toMatchObject({ mode: 'human', status: 'window_closed' });
    begin({ windowMs: 3000 });
    fakes.onFound = () => ({ lastCustomerAtMs: Date.now() });
    await conversations.takeOver(ref, {});
    expect(recorded().at(-1)).toMatchObject({ mode: 'human', status: 'open' });
    await soon(() => recorded().at(-1)).toEqual({ status: 'window_closed', settledSeq: 0 });
  });

  it('shows that the window closed', async () => {
    begin({ windowMs: 500 });
    await receive(1);
    await soon(() => recorded().at(-1)).toEqual({ status: 'window_closed', settledSeq: 1 });
  });
});
