import type { TestWorkflowEnvironment } from '@temporalio/testing';
import { Worker } from '@temporalio/worker';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ConversationState, EventRef } from '../../src/conversations/core/state.ts';
import { CONVERSATIONS_QUEUE } from '../../src/conversations/core/version.ts';
import { type ConversationRef, conversationWorkflowId } from '../../src/conversations/gateway.ts';
import { type Conversations, createConversations } from '../../src/conversations/workflow-gateway.ts';
import { QUEUES } from '../../src/platform/queues.ts';
import { conversationStateQuery } from '../../workflows/conversation.messages.ts';
import { buildPolicy, HOUR_MS } from '../support/builders.ts';
import { startTimeSkipping, timeSkippingServerPath } from '../support/time-skipping.ts';
import {
  bundleWorkflows,
  eventNow,
  type FakeActivities,
  newFakes,
  newRef,
  playActivities,
  quietRuntime,
} from '../support/workflow-lab.ts';

const serverPath = await timeSkippingServerPath();
const soon = (check: () => unknown) => expect.poll(check);

describe.skipIf(serverPath === null)('conversation: hours that pass', () => {
  let env: TestWorkflowEnvironment;
  let stop: () => Promise<void>;
  let conversations: Conversations;
  const fakesOf = new Map<string, FakeActivities>();

  beforeAll(async () => {
    quietRuntime();
    env = await startTimeSkipping(serverPath as string);
    const activities = playActivities((id) => fakesOf.get(id) as FakeActivities);
    const shared = { connection: env.nativeConnection, activities };
    const workers = [
      await Worker.create({ ...shared, taskQueue: CONVERSATIONS_QUEUE, workflowBundle: await bundleWorkflows() }),
      await Worker.create({ ...shared, taskQueue: QUEUES.sends }),
    ];
    const running = workers.map((worker) => worker.run());
    stop = async () => {
      for (const worker of workers) worker.shutdown();
      await Promise.all(running);
      await env.teardown();
    };
    conversations = createConversations(env.client, () => buildPolicy());
  });
  afterAll(async () => {
    await stop?.();
  });

  const begin = async (): Promise<{ ref: ConversationRef; fakes: FakeActivities }> => {
    const ref = newRef();
    const fakes = newFakes();
    fakesOf.set(ref.conversationId, fakes);
    return { ref, fakes };
  };
  const receive = async (ref: ConversationRef, seq: number, changes: Partial<EventRef> = {}) =>
    conversations.deliver({ ...ref, events: [eventNow(seq, { atMs: await env.currentTimeMs(), ...changes })] });
  const state = (ref: ConversationRef): Promise<ConversationState> =>
    env.client.workflow.getHandle(conversationWorkflowId(ref)).query(conversationStateQuery);

  it('follows up after twelve silent hours, and closes the window after a day', async () => {
    const { ref, fakes } = await begin();
    const dueAtMs = (await env.currentTimeMs()) + 12 * HOUR_MS;
    fakes.onDecide = () => ({ followUp: { id: 'follow-1', dueAtMs } });
    await receive(ref, 1);
    await soon(() => fakes.sent.length).toBe(1);
    await env.sleep(11.9 * HOUR_MS);
    expect(fakes.sent).toHaveLength(1);
    await env.sleep(0.2 * HOUR_MS);
    await soon(() => fakes.sent.length).toBe(2);
    expect(fakes.sent[1]?.followUpId).toBe('follow-1');
    await soon(async () => (await state(ref)).followUp).toBeNull();
    await env.sleep(11.8 * HOUR_MS);
    expect((await state(ref)).status).toBe('open');
    await env.sleep(0.2 * HOUR_MS);
    await soon(() => fakes.recorded.at(-1)?.changes).toEqual({ status: 'window_closed', settledSeq: 1 });
    expect(fakes.sent).toHaveLength(2);
  });

  it('does not follow up when the customer came back after eleven hours', async () => {
    const { ref, fakes } = await begin();
    const dueAtMs = (await env.currentTimeMs()) + 12 * HOUR_MS;
    fakes.onDecide = () => ({ followUp: { id: 'follow-1', dueAtMs } });
    await receive(ref, 1);
    await soon(() => fakes.sent.length).toBe(1);
    await env.sleep(11 * HOUR_MS);
    fakes.onDecide = () => ({});
    await receive(ref, 2);
    await soon(() => fakes.sent.length).toBe(2);
    expect(fakes.decided[1]?.cancelFollowUpId).toBe('follow-1');
    await env.sleep(12.5 * HOUR_MS);
    expect(fakes.sent).toHaveLength(2);
    expect((await state(ref)).status).toBe('open');
    await env.sleep(12 * HOUR_MS);
    await soon(async () => (await state(ref)).status).toBe('window_closed');
  });

  it('gives the conversation back when the take-over ends, and answers what waited', async () => {
    const { ref, fakes } = await begin();
    await receive(ref, 1, { kind: 'page_message' });
    await soon(() => fakes.recorded.at(-1)?.changes.mode).toBe('human');
    await receive(ref, 2);
    await env.sleep(1.9 * HOUR_MS);
    expect((await state(ref)).mode).toBe('human');
    expect(fakes.decided).toEqual([]);
    await env.sleep(0.2 * HOUR_MS);
    await soon(() => fakes.sent.length).toBe(1);
    expect(fakes.recorded.at(-1)?.changes).toMatchObject({ mode: 'bot', modeUntilMs: null });
  });

  /** A turn of an order form sets its timer anew, as `src/orders/stage.ts` does. */
  const form = (dueAtMs: number) => ({
    timers: { set: [{ id: 'form-1', kind: 'order_form' as const, dueAtMs, outboundIds: ['form-1'] }], cancel: [] },
  });
  const HALF_HOUR_MS = HOUR_MS / 2;
  const ends = (fakes: FakeActivities) =>
    fakes.recorded
      .flatMap(({ changes }) => changes.timers ?? [])
      .flatMap((change) => (change.type === 'end' && change.cause !== 'other' ? [change] : []));

  it('ends an order form half an hour after the last answer, and tells the customer once', async () => {
    const { ref, fakes } = await begin();
    fakes.onDecide = async () => form((await env.currentTimeMs()) + HALF_HOUR_MS);
    await receive(ref, 1);
    await soon(() => fakes.sent.length).toBe(1);
    await env.sleep(0.4 * HOUR_MS);
    await receive(ref, 2);
    await soon(() => fakes.sent.length).toBe(2);
    await env.sleep(0.4 * HOUR_MS);
    expect(ends(fakes)).toEqual([]);
    await env.sleep(0.2 * HOUR_MS);
    await soon(() => ends(fakes)).toMatchObject([{ id: 'form-1', cause: 'due' }]);
    await soon(() => fakes.sent.map(({ outboundIds }) => outboundIds[0]).filter((id) => id === 'form-1').length).toBe(
      1,
    );
    await env.sleep(2 * HOUR_MS);
    expect(fakes.sent).toHaveLength(3);
    expect((await state(ref)).mode).toBe('bot');
  });

  it.each([
    ['a colleague takes over', 'human_took_over'],
    ['the customer wants no more messages', 'opted_out'],
  ])('ends an order form at once and tells nobody when %s', async (_, reason) => {
    const { ref, fakes } = await begin();
    const dueAtMs = (await env.currentTimeMs()) + HALF_HOUR_MS;
    fakes.onDecide = () => form(dueAtMs);
    await receive(ref, 1);
    await soon(() => fakes.sent.length).toBe(1);
    fakes.onDecide = () => ({});
    await receive(ref, 2, reason === 'opted_out' ? { kind: 'opt_out' } : { kind: 'page_message' });
    await soon(() => ends(fakes)).toMatchObject([{ id: 'form-1', cause: 'bot_stopped', reason }]);
    await env.sleep(HOUR_MS);
    expect(fakes.sent.some(({ outboundIds }) => outboundIds.includes('form-1'))).toBe(false);
    expect((await state(ref)).timers).toEqual([]);
  });

  it('sends a follow-up that a provider held up for hours as soon as its turn is out', async () => {
    const { ref, fakes } = await begin();
    const dueAtMs = (await env.currentTimeMs()) + 2 * HOUR_MS;
    fakes.onDecide = () => ({ followUp: { id: 'follow-1', dueAtMs } });
    const { ApplicationFailure } = await import('@temporalio/activity');
    let isUp = false;
    fakes.onSend = () => {
      if (!isUp) throw ApplicationFailure.create({ type: 'channel_unavailable', message: 'x', nextRetryDelay: '3h' });
    };
    await receive(ref, 1);
    await soon(() => fakes.sent.length).toBe(1);
    isUp = true;
    await env.sleep(2.5 * HOUR_MS);
    expect(fakes.sent).toHaveLength(1);
    await env.sleep(HOUR_MS);
    await soon(() => fakes.sent.map((send) => send.followUpId)).toEqual([null, null, 'follow-1']);
    const { events } = await env.client.workflow.getHandle(conversationWorkflowId(ref)).fetchHistory();
    expect(events?.filter((event) => event.timerStartedEventAttributes).length).toBeLessThan(6);
  });
});
