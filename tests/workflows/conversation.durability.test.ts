import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ConversationState } from '../../src/conversations/core/state.ts';
import { type ConversationRef, conversationWorkflowId } from '../../src/conversations/gateway.ts';
import { conversationStateQuery } from '../../workflows/conversation.messages.ts';
import { countActions, failedTasks, type History } from '../support/history.ts';
import { eventNow, type FakeActivities, hang, type Lab, startLab } from '../support/workflow-lab.ts';

const soon = (check: () => unknown) => expect.poll(check);

async function historiesOf(lab: Lab, ref: ConversationRef): Promise<History[]> {
  const query = `WorkflowId = "${conversationWorkflowId(ref)}"`;
  const runs = [];
  for await (const run of lab.client.workflow.list({ query })) runs.push(run);
  const handles = runs.map((run) => lab.client.workflow.getHandle(run.workflowId, run.runId));
  return Promise.all(handles.map((handle) => handle.fetchHistory()));
}

/** Message ids by how many turns kept them: turns that a later one superseded do not count. */
function answersOf(fakes: FakeActivities): Map<string, number> {
  const takenBack = new Set(fakes.decided.flatMap((decision) => decision.supersedesTurnIds));
  const counts = new Map<string, number>();
  for (const decision of fakes.decided) {
    if (takenBack.has(decision.turnId)) continue;
    for (const messageId of decision.messageIds) counts.set(messageId, (counts.get(messageId) ?? 0) + 1);
  }
  return counts;
}

describe('conversation: continue-as-new', () => {
  let lab: Lab;
  beforeAll(async () => {
    lab = await startLab();
  });
  afterAll(async () => {
    await lab.close();
  });

  it('loses and doubles nothing under a stream of signals with tiny histories', async () => {
    const ref = lab.newRef();
    const fakes = lab.fakes(ref);
    fakes.onDecide = () => sleep(Math.random() * 20, {});
    fakes.onSend = () => sleep(Math.random() * 10);
    const conversations = lab.conversations({
      maxHistoryEvents: 12,
      loop: { withinMs: 1, sameExchanges: 99, sameReplies: 99, replies: 99, pauseMs: 1 },
    });
    const messageIds: string[] = [];
    let seq = 0;
    const isDone = async () => {
      const state = (await lab.handle(ref).query(conversationStateQuery)) as ConversationState;
      return state.lastSeq === seq && state.turn === null && state.waiting.length === 0;
    };
    for (let round = 0; round < 60; round += 1) {
      const events = Array.from({ length: 1 + (round % 3) }, () => {
        seq += 1;
        return eventNow(seq);
      });
      messageIds.push(...events.map((event) => event.messageId as string));
      await conversations.deliver({ ...ref, events });
      if (round % 7 === 0) await conversations.deliver({ ...ref, events });
    }
    await soon(isDone).toBe(true);
    const answers = answersOf(fakes);
    expect([...answers.keys()].sort()).toEqual([...messageIds].sort());
    expect(Math.max(...answers.values())).toBe(1);
    const sent = fakes.sent.flatMap((send) => send.outboundIds);
    expect(new Set(sent).size).toBe(sent.length);
    await soon(async () => (await historiesOf(lab, ref)).length).toBeGreaterThan(1);
  });

  it('carries take-over, waiting messages and follow-up into the next run', async () => {
    const ref = lab.newRef();
    const fakes = lab.fakes(ref);
    const conversations = lab.conversations({ maxHistoryEvents: 5 });
    await conversations.takeOver(ref, {});
    await conversations.deliver({ ...ref, events: [eventNow(1)] });
    await soon(async () => (await historiesOf(lab, ref)).length).toBeGreaterThan(1);
    const state = await lab.handle(ref).query<ConversationState>(conversationStateQuery.name);
    expect(state).toMatchObject({ mode: 'human', lastSeq: 1 });
    fakes.onDecide = () => ({ followUp: { id: 'follow-1', dueAtMs: Date.now() + 1500 } });
    await conversations.release(ref);
    await soon(() => fakes.sent.map((send) => send.followUpId)).toEqual([null, 'follow-1']);
  });

  it('waits with it while an operator is owed an answer', async () => {
    const ref = lab.newRef();
    const fakes = lab.fakes(ref);
    fakes.onRecord = () => sleep(30);
    const conversations = lab.conversations({ maxHistoryEvents: 5 });
    for (let round = 0; round < 5; round += 1) {
      await Promise.all([
        conversations.takeOver(ref, {}),
        conversations.deliver({ ...ref, events: [eventNow(round + 1)] }),
      ]);
      await conversations.release(ref);
    }
    await soon(() => answersOf(fakes).size).toBe(5);
  });
});

describe('conversation: what operators see in Temporal', () => {
  let lab: Lab;
  beforeAll(async () => {
    lab = await startLab();
  });
  afterAll(async () => {
    await lab.close();
  });

  it('names the workflow, its account and its mode, and says what it is doing', async () => {
    const ref = lab.newRef();
    const conversations = lab.conversations();
    await conversations.deliver({ ...ref, events: [eventNow(1)] });
    await soon(() => lab.fakes(ref).sent.length).toBe(1);
    const described = await lab.handle(ref).describe();
    expect(described.workflowId).toContain(ref.contactId);
    expect(await described.staticSummary()).toBe(`simulator: contact ${ref.contactId}`);
    expect(described.searchAttributes).toMatchObject({
      PeykChannel: ['simulator'],
      PeykAccount: [ref.accountId],
      PeykBusiness: [ref.businessId],
      PeykMode: ['bot'],
    });
    const metadata = await lab.handle(ref).query<{ currentDetails: string }>('__temporal_workflow_metadata');
    expect(metadata.currentDetails).toMatch(/\*\*bot\*\*, open, waiting/);
    expect(metadata.currentDetails).toMatch(/window closes: \d{4}-/);
    const { events = [] } = await lab.handle(ref).fetchHistory();
    const summaries = events?.flatMap((event) => {
      const data = event.userMetadata?.summary?.data;
      return data ? [Buffer.from(data).toString('utf8')] : [];
    });
    expect(summaries?.join('\n')).toMatch(/Answer 1 message\(s\), turn/);
    expect(summaries?.join('\n')).toMatch(/Send 1 message\(s\), turn/);
    expect(summaries?.join('\n')).toMatch(/The messaging window closes/);
    await conversations.takeOver(ref, {});
    await soon(async () => (await lab.handle(ref).describe()).searchAttributes.PeykMode).toEqual(['human']);
  });

  it.each([true, false])('costs at most four actions for a reply (decided locally: %s)', async (decideLocally) => {
    const ref = lab.newRef();
    const fakes = lab.fakes(ref);
    const conversations = lab.conversations({ decideLocally });
    const count = async () => countActions(await lab.handle(ref).fetchHistory());
    let seq = 0;
    let before = 0;
    for (const burst of [1, 3, 2]) {
      const first = seq + 1;
      seq += burst;
      const events = Array.from({ length: burst }, (_, index) => eventNow(first + index));
      await conversations.deliver({ ...ref, events });
      await soon(() => lab.handle(ref).query(conversationStateQuery)).toMatchObject({ lastSeq: seq, busy: null });
      const after = await count();
      expect(after - before).toBeLessThanOrEqual(4);
      expect(after - before).toBeGreaterThanOrEqual(3);
      before = after;
    }
    expect(fakes.sent).toHaveLength(3);
    // Only the first message of a conversation pays for the one timer.
    expect(before).toBe(4 + 3 + 3);
  });
});

describe('conversation: without a cache', () => {
  let lab: Lab;
  beforeAll(async () => {
    lab = await startLab({ maxCachedWorkflows: 0 });
  });
  afterAll(async () => {
    await lab.close();
  });

  it('replays from its history at every step and comes to the same commands', async () => {
    const ref = lab.newRef();
    const fakes = lab.fakes(ref);
    const conversations = lab.conversations({ takeoverMs: 60_000 });
    const deliver = (seq: number) => conversations.deliver({ ...ref, events: [eventNow(seq)] });
    fakes.onDecide = (input) => (input.messageIds.length === 1 ? hang() : {});
    await deliver(1);
    await soon(() => fakes.decided.length).toBe(1);
    await deliver(2);
    await soon(() => fakes.sent.length).toBe(1);
    fakes.onDecide = () => ({ followUp: { id: 'follow-1', dueAtMs: Date.now() + 60_000 } });
    await deliver(3);
    await soon(() => fakes.sent.length).toBe(2);
    await conversations.rescheduleFollowUp(ref, { followUpId: 'follow-1', dueAtMs: Date.now() + 1500 });
    await soon(() => fakes.sent.length).toBe(3);
    await conversations.takeOver(ref, {});
    await conversations.sendOutbound(ref, { outboundId: 'h1' });
    await deliver(4);
    await conversations.release(ref);
    fakes.onDecide = () => ({ outcome: 'handoff' });
    await deliver(5);
    await soon(async () => (await lab.handle(ref).query<ConversationState>(conversationStateQuery.name)).mode).toBe(
      'human',
    );
    await conversations.close(ref);
    await soon(async () => (await lab.handle(ref).describe()).status.name).toBe('COMPLETED');
    for (const history of await historiesOf(lab, ref)) expect(failedTasks(history)).toEqual([]);
  });
});
