import { randomUUID } from 'node:crypto';
import { Worker } from '@temporalio/worker';
import { createRerunActivities, type RerunDeps } from '../../activities/rerun.activities.ts';
import {
  catalogSettingsOf,
  createModelNamed,
  createModels,
  createTurnStages,
  openChannels,
} from '../../src/composition.ts';
import { loadConfig } from '../../src/config.ts';
import { type Database, openDatabase } from '../../src/platform/database/client.ts';
import { QUEUES } from '../../src/platform/queues.ts';
import { savePromptFiles } from '../../src/replies/prompts/prompt-file-store.ts';
import { listPromptFiles } from '../../src/replies/prompts/prompt-files.ts';
import { createReruns } from '../../src/replies/reruns/gateway.ts';
import { createRerunPlanner, type RerunPlanner } from '../../src/replies/reruns/planner.ts';
import { createReplySimulator } from '../../src/replies/simulate-reply.ts';
import { type FakeOpenAi, startFakeOpenAi } from './fake-openai.ts';
import { createTestDatabase, type TestDatabase } from './postgres.ts';
import { createTestNamespace, type TestNamespace } from './temporal-namespace.ts';
import { bundleWorkflows, quietRuntime } from './workflow-lab.ts';

export const MODEL = 'gpt-4.1-mini';

export interface RerunLab {
  db: Database;
  database: TestDatabase;
  temporal: TestNamespace;
  openai: FakeOpenAi;
  planner: RerunPlanner;
  businessId: string;
  /** A worker of the queue of re-runs; `changes` replace what its activities work with. */
  startWorker(changes?: Partial<RerunDeps>): Promise<{ stop(): Promise<void> }>;
  /** A turn as it was recorded, in a conversation of its own. */
  record(question: string, answer: string): Promise<{ conversationId: string; decisionId: string }>;
  close(): Promise<void>;
}

/** Re-runs as they are in the house: real database, Temporal and model client; only the model itself is played. */
export async function openRerunLab(): Promise<RerunLab> {
  quietRuntime();
  const [workflowBundle, temporal, database, openai] = await Promise.all([
    bundleWorkflows(),
    createTestNamespace(),
    createTestDatabase(),
    startFakeOpenAi(),
  ]);
  const db = openDatabase(database.url, 6);
  const { id: businessId } = await db.business.create({ data: { slug: 'default', name: 'Shop', language: 'en' } });
  await savePromptFiles(db, listPromptFiles());
  const config = loadConfig({
    AI_PROVIDER: 'openai',
    OPENAI_API_KEY: 'k',
    OPENAI_BASE_URL: openai.url,
    OPENAI_MODEL: MODEL,
  });
  const models = { ...createModels(config), modelNamed: createModelNamed(config) };
  const stages = createTurnStages({ db, orders: null, catalog: catalogSettingsOf(config, null) });
  const { simulateReply } = createReplySimulator({ db, ...openChannels(config, db), ...models, stages });
  return {
    db,
    database,
    temporal,
    openai,
    businessId,
    planner: createRerunPlanner({ db, reruns: createReruns(temporal.client), modelInUse: MODEL }),
    startWorker: async (changes = {}) => {
      const { connection, namespace } = temporal;
      const worker = await Worker.create({
        connection,
        namespace,
        activities: createRerunActivities({ db, simulateReply, ...changes }),
        taskQueue: QUEUES.catalog,
        workflowBundle,
        maxHeartbeatThrottleInterval: '1s',
      });
      const running = worker.run();
      return {
        stop: async () => {
          worker.shutdown();
          await running;
        },
      };
    },
    record: (question, answer) => recordTurn(db, businessId, question, answer),
    close: async () => {
      await openai.close();
      await temporal.close();
      await db.$disconnect();
      await database.drop();
    },
  };
}

/** Writes a turn down as it would have been recorded, in a conversation of its own. */
export async function recordTurn(db: Database, businessId: string, question: string, answer: string) {
  const of = { businessId };
  const account = await db.account.create({ data: { ...of, channel: 'simulator', externalId: randomUUID() } });
  const inAccount = { ...of, accountId: account.id };
  const contact = await db.contact.create({ data: { ...inAccount, externalId: randomUUID() } });
  const conversation = { ...inAccount, contactId: contact.id, channel: 'simulator' };
  const { id: conversationId } = await db.conversation.create({ data: conversation });
  const inTalk = { ...of, conversationId };
  const said = { ...inTalk, sentAt: new Date(), kind: 'text' };
  const asked = await db.message.create({ data: { ...said, direction: 'in', author: 'customer', text: question } });
  const decision = await db.decision.create({
    data: {
      ...inTalk,
      turnId: randomUUID(),
      state: 'decided',
      outcome: 'reply',
      messageIds: [asked.id],
      promptName: 'reply',
      promptVersion: 'v1',
      model: MODEL,
      inputTokens: 900,
      outputTokens: 50,
      costMicros: 440,
    },
  });
  const outbound = { ...inTalk, author: 'bot', state: 'sent', text: answer, content: { kind: 'text', text: answer } };
  await db.outboundMessage.create({ data: { ...outbound, decisionId: decision.id } });
  await db.message.create({ data: { ...said, direction: 'out', author: 'bot', text: answer } });
  await db.message.create({ data: { ...said, direction: 'in', author: 'customer', text: 'said later' } });
  return { conversationId, decisionId: decision.id };
}
