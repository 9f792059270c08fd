import { randomUUID } from 'node:crypto';
import { Context } from '@temporalio/activity';
import { DefaultLogger, Runtime, Worker, type WorkerOptions } from '@temporalio/worker';
import type { DecideInput } from '../../activities/decide.activities.ts';
import type { Activities } from '../../activities/index.ts';
import type { RecordInput } from '../../activities/record.activities.ts';
import type { SendInput } from '../../activities/send.activities.ts';
import type { Founding } from '../../src/conversations/core/founding.ts';
import type { ConversationPolicy } from '../../src/conversations/core/policy.ts';
import type { Decided, EventRef, Recorded } from '../../src/conversations/core/state.ts';
import { CONVERSATIONS_QUEUE } from '../../src/conversations/core/version.ts';
import { type ConversationRef, conversationWorkflowId } from '../../src/conversations/gateway.ts';
import { type Conversations, createConversations } from '../../src/conversations/workflow-gateway.ts';
import { QUEUES } from '../../src/platform/queues.ts';
import { loadWorkflowBundle } from '../../src/platform/temporal/workflow-bundle.ts';
import type { conversation } from '../../workflows/conversation.workflow.ts';
import { buildDecided, buildFounding, buildPolicy } from './builders.ts';
import { createTestNamespace, type TestNamespace } from './temporal-namespace.ts';

let isQuiet = false;

/** Workers say what they do only when something is wrong. */
export function quietRuntime(): void {
  if (!isQuiet) Runtime.install({ logger: new DefaultLogger('ERROR'), shutdownSignals: [] });
  isQuiet = true;
}

/** Code of the workflows as workers run it. */
export async function bundleWorkflows(): Promise<{ code: string }> {
  return loadWorkflowBundle({ logger: new DefaultLogger('ERROR') });
}

/** What the activities were asked, in order, and how they answer. */
export interface FakeActivities {
  decided: DecideInput[];
  sent: SendInput[];
  recorded: RecordInput[];
  /** Answers a decision; a reply of one message unless told. */
  onDecide: (input: DecideInput) => Promise<Partial<Decided>> | Partial<Decided>;
  onSend: (input: SendInput) => Promise<void> | void;
  /** May give what the rows answer. */
  onRecord: (input: RecordInput) => unknown;
  /** What the rows say to a run that is founded on them; nothing unless told. Null: they are gone. */
  onFound: () => Promise<Partial<Founding> | null> | Partial<Founding> | null;
}

export interface Lab extends TestNamespace {
  fakes: (ref: ConversationRef) => FakeActivities;
  /** The gateway, with the policy changed. A burst that it delivers is a conversation's first unless told. */
  conversations(policy?: Partial<ConversationPolicy>): Conversations;
  /** A conversation that nobody else knows. */
  newRef(): ConversationRef;
  handle(ref: ConversationRef): ReturnType<TestNamespace['client']['workflow']['getHandle']>;
}

/** Hangs like a model that does not answer, until it is cancelled. */
export async function hang(): Promise<never> {
  const context = Context.current();
  const beat = setInterval(() => context.heartbeat(), 100);
  try {
    return await context.cancelled;
  } finally {
    clearInterval(beat);
  }
}

/** The real workflow on the real server; only the activities are played. Each conversation has its own fakes. */
export async function startLab(options: Partial<WorkerOptions> = {}, server?: string): Promise<Lab> {
  quietRuntime();
  const [workflowBundle, namespace] = await Promise.all([bundleWorkflows(), createTestNamespace(server)]);
  const fakesOf = new Map<string, FakeActivities>();
  const fakes = (conversationId: string): FakeActivities => {
    const found = fakesOf.get(conversationId) ?? newFakes();
    fakesOf.set(conversationId, found);
    return found;
  };
  const activities = playActivities(fakes);
  const shared = { connection: namespace.connection, namespace: namespace.namespace, activities };
  const workers = await Promise.all([
    Worker.create({ ...shared, taskQueue: CONVERSATIONS_QUEUE, workflowBundle, ...options }),
    Worker.create({ ...shared, taskQueue: QUEUES.sends }),
  ]);
  const running = workers.map((worker) => worker.run());
  return {
    ...namespace,
    fakes: (ref) => fakes(ref.conversationId),
    conversations: (policy) => {
      const conversations = createConversations(namespace.client, () => buildPolicy(policy));
      return { ...conversations, deliver: (burst) => conversations.deliver({ isFirst: true, ...burst }) };
    },
    newRef,
    handle: (ref) => namespace.client.workflow.getHandle<typeof conversation>(conversationWorkflowId(ref)),
    close: async () => {
      for (const worker of workers) worker.shutdown();
      await Promise.all(running);
      await namespace.close();
    },
  };
}

/** A conversation that nobody else knows. */
export function newRef(): ConversationRef {
  return {
    conversationId: randomUUID(),
    businessId: randomUUID(),
    accountId: randomUUID(),
    contactId: randomUUID(),
    channel: 'simulator',
  };
}

export function newFakes(): FakeActivities {
  return {
    decided: [],
    sent: [],
    recorded: [],
    onDecide: () => ({}),
    onSend: () => {},
    onRecord: () => {},
    onFound: () => ({}),
  };
}

export function playActivities(fakes: (conversationId: string) => FakeActivities): Activities {
  return {
    async decideReply(input) {
      const fake = fakes(input.identity.conversationId);
      fake.decided.push(input);
      return buildDecided(input.turnId, await fake.onDecide(input));
    },
    async sendOutbound(input) {
      const fake = fakes(input.identity.conversationId);
      fake.sent.push(input);
      await fake.onSend(input);
    },
    async foundConversation({ conversationId }) {
      const founding = await fakes(conversationId).onFound();
      return founding && buildFounding(founding);
    },
    async recordConversation(input) {
      const fake = fakes(input.identity.conversationId);
      const recorded = (await fake.onRecord(input)) as Partial<Recorded> | undefined;
      fake.recorded.push(input);
      return recorded ? { begunTurnIds: [], plannedIds: [], ...recorded } : null;
    },
  };
}

/** An event of a customer, now. */
export function eventNow(seq: number, changes: Partial<EventRef> = {}): EventRef {
  return { seq, kind: 'message', messageId: randomUUID(), atMs: Date.now(), ...changes };
}
