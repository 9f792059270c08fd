import { setTimeout as sleep } from 'node:timers/promises';
import type { ConversationState } from '../../src/conversations/core/state.ts';
import type { ConversationRef } from '../../src/conversations/gateway.ts';
import type { Conversations } from '../../src/conversations/workflow-gateway.ts';
import { eventNow, type FakeActivities, hang, type Lab } from '../support/workflow-lab.ts';

interface Scene {
  lab: Lab;
  ref: ConversationRef;
  fakes: FakeActivities;
  conversations: Conversations;
  receive(...seqs: number[]): Promise<void>;
  /** As `receive`, of a conversation that has rows. */
  receiveLater(...seqs: number[]): Promise<void>;
  state(): Promise<ConversationState>;
  until(check: () => boolean | Promise<boolean>): Promise<void>;
}

const by = 'tests';

/** Lives of conversations whose histories are kept: each must replay after every change of the workflow. */
export const SCENARIOS: Record<
  string,
  {
    policy?: Parameters<Lab['conversations']>[0] /** Names the run to keep; the last one unless told. */;
    play: (scene: Scene) => Promise<string | undefined>;
  }
> = {
  'answers-bursts': {
    play: async ({ receive, fakes, until }) => {
      await receive(1, 2, 3);
      await until(() => fakes.sent.length === 1);
      await receive(4);
      await until(() => fakes.sent.length === 2);
      return undefined;
    },
  },
  'takes-back-a-decision': {
    play: async ({ receive, fakes, until }) => {
      fakes.onDecide = (input) => (input.messageIds.length < 3 ? hang() : {});
      for (const seq of [1, 2, 3]) {
        await receive(seq);
        await until(() => fakes.decided.length === seq);
      }
      await until(() => fakes.sent.length === 1);
      return undefined;
    },
  },
  'is-taken-over': {
    play: async ({ receive, fakes, until, conversations, ref, state }) => {
      fakes.onDecide = hang;
      await receive(1);
      await until(() => fakes.decided.length === 1);
      await conversations.takeOver(ref, {});
      await conversations.sendOutbound(ref, { outboundId: 'h1' });
      await until(() => fakes.sent.length === 1);
      await receive(2);
      await until(async () => (await state()).waiting.length === 1);
      fakes.onDecide = () => ({ outcome: 'handoff' });
      await conversations.release(ref);
      await until(async () => (await state()).mode === 'human');
      await conversations.close(ref);
      await until(async () => fakes.recorded.at(-1)?.changes.status === 'closed');
      return undefined;
    },
  },
  'follows-up': {
    play: async ({ receive, fakes, until, conversations, ref, state }) => {
      const followUpId = 'follow-1';
      fakes.onDecide = () => ({ followUp: { id: followUpId, dueAtMs: Date.now() + 3_600_000 } });
      await receive(1);
      await until(async () => (await state()).busy === null && fakes.sent.length === 1);
      await conversations.rescheduleFollowUp(ref, { followUpId, dueAtMs: Date.now() + 300 });
      await until(() => fakes.sent.length === 2);
      await receive(2);
      await until(async () => (await state()).busy === null && fakes.sent.length === 3);
      await conversations.cancelFollowUp(ref, { followUpId });
      return undefined;
    },
  },
  'decides-locally': {
    policy: { decideLocally: true },
    play: async ({ receive, fakes, until }) => {
      for (const seq of [1, 2]) {
        await receive(seq);
        await until(() => fakes.sent.length === seq);
      }
      return undefined;
    },
  },
  'breaks-a-loop-and-closes-the-window': {
    policy: {
      windowMs: 2500,
      loop: { withinMs: 60_000, sameExchanges: 2, sameReplies: 9, replies: 9, pauseMs: 500 },
    },
    play: async ({ receive, fakes, until, state }) => {
      fakes.onDecide = () => ({ askedMark: 'same', replyMark: 'same' });
      fakes.onRecord = ({ changes }) => (changes.notice ? { plannedIds: ['notice-1'] } : undefined);
      await receive(1);
      await until(() => fakes.sent.length === 1);
      await receive(2);
      await until(async () => (await state()).mode === 'paused');
      await until(() => fakes.sent.length === 2);
      await until(async () => (await state()).mode === 'bot');
      await until(async () => (await state()).status === 'window_closed');
      return undefined;
    },
  },
  'goes-on-in-a-new-run': {
    policy: { maxHistoryEvents: 5 },
    play: async ({ receive, fakes, until, conversations, ref, lab }) => {
      await conversations.takeOver(ref, {});
      await receive(1);
      const runId = async () => (await lab.handle(ref).describe()).runId;
      const first = (await lab.handle(ref).describe()).raw.workflowExecutionInfo?.firstRunId;
      await until(async () => (await runId()) !== first);
      const second = await runId();
      await conversations.release(ref);
      await until(() => fakes.sent.length === 1);
      await until(async () => (await runId()) !== second);
      return second;
    },
  },
  'is-founded-on-its-rows': {
    play: async ({ fakes, until, conversations, ref, receiveLater }) => {
      fakes.onFound = async () => {
        await sleep(200);
        return {
          lastCustomerAtMs: Date.now(),
          settledSeq: 3,
          sending: { turnId: '3.1', outboundIds: ['o1'] },
          events: [eventNow(4)],
        };
      };
      await Promise.all([receiveLater(4, 5), conversations.takeOver(ref, {})]);
      await conversations.release(ref);
      await until(() => fakes.sent.length === 2);
      await conversations.close(ref);
      return undefined;
    },
  },
  'gives-way-to-a-run-on-its-rows': {
    play: async ({ receive, fakes, until, conversations, ref, lab }) => {
      fakes.onDecide = () => sleep(300).then(() => ({}));
      await receive(1);
      await until(() => fakes.decided.length === 1);
      const { runId } = await lab.handle(ref).describe();
      await conversations.refound(ref);
      await until(async () => (await lab.handle(ref).describe()).runId !== runId);
      return runId;
    },
  },
  'keeps-timers': {
    play: async ({ receive, fakes, until, conversations, ref, state }) => {
      const dueAtMs = Date.now() + 3_600_000;
      await conversations.setTimer(ref, { createdBy: by, timer: { id: 'snooze-1', kind: 'snooze', dueAtMs } });
      await conversations.setTimer(ref, {
        createdBy: by,
        timer: { id: 'later-1', kind: 'send_later', dueAtMs, outboundIds: ['h1'] },
      });
      await conversations.rescheduleTimer(ref, { timerId: 'later-1', dueAtMs: Date.now() + 400 });
      await until(() => fakes.sent.length === 1);
      fakes.onDecide = () => ({
        timers: { set: [{ id: 'form-1', kind: 'order_form', dueAtMs: Date.now() + 400 }], cancel: [] },
      });
      await receive(1);
      await until(() =>
        fakes.recorded.some(({ changes }) => changes.timers?.some((end) => end.type === 'end' && end.id === 'form-1')),
      );
      await conversations.setTimer(ref, { createdBy: by, timer: { id: 'snooze-2', kind: 'snooze', dueAtMs } });
      await conversations.cancelTimer(ref, { timerId: 'snooze-2' });
      await until(async () => (await state()).timers.length === 0);
      return undefined;
    },
  },
};
