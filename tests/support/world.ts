import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { Worker } from '@temporalio/worker';
import { pino } from 'pino';
import type { ModelBudget } from '../../activities/decide.activities.ts';
import { type ActivitiesDeps, createActivities } from '../../activities/index.ts';
import { createAccountCredentials, sealCredentials } from '../../src/accounts/credentials.ts';
import type { CatalogSettings } from '../../src/catalog/stage.ts';
import type { Channels } from '../../src/channels/channel.ts';
import { createChannels, credentialsFromSettings } from '../../src/channels/create-channels.ts';
import type { AccountCredentials } from '../../src/channels/credentials.ts';
import {
  createGraphServer,
  type GraphServer,
  type GraphServerOptions,
} from '../../src/channels/meta/mock/graph-server.ts';
import type { MetaSettings } from '../../src/channels/meta/settings.ts';
import type { SmsSettings } from '../../src/channels/sms/settings.ts';
import { ACTIVITY_PORTS, createRecordHooks, createTurnStages } from '../../src/composition.ts';
import type { ConversationPolicy } from '../../src/conversations/core/policy.ts';
import { CONVERSATIONS_QUEUE } from '../../src/conversations/core/version.ts';
import type { ConversationRef } from '../../src/conversations/gateway.ts';
import { type Conversations, createConversations } from '../../src/conversations/workflow-gateway.ts';
import { CANCELLATION_CLAIMS } from '../../src/features.ts';
import type { FollowUpPolicy } from '../../src/follow-ups/rules.ts';
import { createInbox, type Inbox } from '../../src/inbox/inbox.ts';
import { type Relay, startRelay } from '../../src/inbox/relay.ts';
import { createWebhookHandler, type WebhookDeps } from '../../src/inbox/webhooks.ts';
import type { OrderSettings } from '../../src/orders/stage.ts';
import { createAccountLanes } from '../../src/outbox/account-lanes.ts';
import { type Database, openDatabase, openKeyedDatabase } from '../../src/platform/database/client.ts';
import { createKeyRing } from '../../src/platform/encryption/key-ring.ts';
import { createMetrics } from '../../src/platform/http/metrics.ts';
import { QUEUES } from '../../src/platform/queues.ts';
import { createBuiltinModel } from '../../src/replies/models/builtin-model.ts';
import type { ReplyModel } from '../../src/replies/models/model.ts';
import { createPromptStore } from '../../src/replies/prompts/prompts.ts';
import type { QuietHours } from '../../src/text/quiet-hours.ts';
import { TIMER_HOOKS } from '../../src/timer-hooks.ts';
import { buildPolicy, HOUR_MS } from './builders.ts';
import { type FakeDirectam, type FakeDirectamOptions, sendWebhook, startFakeDirectam } from './fake-directam.ts';
import { createTestDatabase } from './postgres.ts';
import { createTestNamespace, type TestNamespace } from './temporal-namespace.ts';
import { bundleWorkflows, quietRuntime } from './workflow-lab.ts';

export const SHOP = '987654';
export const SECRET = 'tests-only-secret';

export interface WorldOptions {
  policy?: Partial<ConversationPolicy>;
  followUp?: Partial<FollowUpPolicy>;
  quietHours?: QuietHours;
  budget?: Partial<ModelBudget>;
  /** The responder that needs no model unless told. */
  model?: ReplyModel;
  debounce?: { quietMs: number; maxMs: number };
  directam?: FakeDirectamOptions;
  /** A Graph API of our own stands in for Meta, and takes this token of the account `SHOP` on Instagram. */
  graph?: GraphServerOptions & { token: string };
  /** Absent: orders are not taken by chat. */
  orders?: OrderSettings;
  /** Absent: answers know no products. */
  catalog?: CatalogSettings | null;
  /** Absent: there are no text messages. */
  sms?: SmsSettings;
}

/** The whole house but panel and login: webhooks over HTTP, inbox, relay, Temporal, workers, and a Directam to talk to. */
export interface World {
  db: Database;
  businessId: string;
  directam: FakeDirectam;
  /** With the option `graph` only. */
  graph: GraphServer;
  channels: Channels;
  credentials: AccountCredentials;
  inbox: Inbox;
  relay: Relay;
  temporal: TestNamespace;
  conversations: Conversations;
  /** Where webhooks are posted. */
  webhookUrl: string;
  /** Posts a customer's message, signed; throws unless it is acknowledged. */
  say(customer: string, text: string, extra?: Record<string, unknown>): Promise<void>;
  /** Posts what somebody wrote on the shop's own page. */
  writeOnPage(customer: string, text: string, extra?: Record<string, unknown>): Promise<void>;
  /** The conversation of a customer, once it exists. */
  refOf(customer: string): Promise<ConversationRef>;
  close(): Promise<void>;
}

export async function startWorld(options: WorldOptions = {}): Promise<World> {
  quietRuntime();
  const [workflowBundle, temporal, database, directam] = await Promise.all([
    bundleWorkflows(),
    createTestNamespace(),
    createTestDatabase(),
    startFakeDirectam(options.directam),
  ]);
  const db = openDatabase(database.url, 10);
  const inboxDb = openKeyedDatabase(database.url, 8);
  const { id: businessId } = await db.business.create({ data: { slug: 'default', name: 'Shop' } });
  await db.account.create({ data: { businessId, channel: 'directam', externalId: SHOP, name: 'shop' } });
  const graph = createGraphServer(options.graph);
  const graphApi = await listen(graph.handle);
  const meta = options.graph && metaSettings(new URL('/', graphApi.url).href);
  const settings = {
    directam: { baseUrl: directam.url, apiKey: 'k', webhookSecret: SECRET },
    meta,
    sms: options.sms ?? null,
  };
  const channels = createChannels(settings);
  const credentials = createAccountCredentials(db, createKeyRing(KEYS), credentialsFromSettings(settings), {
    maxAgeMs: 0,
  });
  if (options.graph) await connectInstagram(db, businessId, options.graph.token);
  const policy = buildPolicy({ decideLocally: options.model === undefined, ...options.policy });
  const conversations = createConversations(temporal.client, () => policy);
  const errors: unknown[] = [];
  const relay = startRelay({
    db: inboxDb,
    deliver: (burst) => conversations.deliver(burst),
    onError: (_, error) => errors.push(error),
  });
  const inbox = createInbox({
    db: inboxDb,
    channels,
    credentials,
    defaultBusinessId: businessId,
    claimsCancellation: CANCELLATION_CLAIMS,
    debounce: options.debounce ?? { quietMs: 0, maxMs: 0 },
    windowMs: policy.windowMs,
    selfConnecting: new Set(['directam', ...(options.sms?.account ? ['sms'] : [])]),
    onWork: relay.wake,
    onError: (_, error) => errors.push(error),
  });
  const workers = await startWorkers(options, { temporal, workflowBundle, db: inboxDb, channels, credentials });
  const webhooks = await listen(createWebhookListener({ channels, credentials, inbox }));

  graph.deliverTo({ url: webhooks.url, secret: SECRET });

  const post = async (body: unknown): Promise<void> => {
    const response = await sendWebhook(webhooks.url, body, SECRET);
    if (response.status !== 200) throw new Error(`The webhook was answered ${response.status}.`);
    while ((await db.inboundDelivery.count({ where: { state: 'received' } })) > 0) await sleep(5);
  };
  return {
    db,
    businessId,
    directam,
    graph,
    channels,
    credentials,
    inbox,
    relay,
    temporal,
    conversations,
    webhookUrl: webhooks.url,
    say: (customer, text, extra) => post(customerMessage(customer, text, extra)),
    writeOnPage: (customer, text, extra) => post(pageMessage(customer, text, extra)),
    refOf: async (customer) => {
      const found = await db.conversation.findFirstOrThrow({ where: { contact: { externalId: customer } } });
      const { id, accountId, contactId, channel } = found;
      return { conversationId: id, businessId, accountId, contactId, channel };
    },
    close: async () => {
      await graph.settled();
      await webhooks.close();
      await graphApi.close();
      await inbox.stop();
      await relay.stop();
      await workers.stop();
      await temporal.close();
      await directam.close();
      await Promise.all([db.$disconnect(), inboxDb.$disconnect()]);
      await database.drop();
    },
  };
}

const KEYS = `k1:${Buffer.alloc(32, 7).toString('base64')}`;

function metaSettings(url: string): MetaSettings {
  const graphBaseUrl = url.replace(/\/$/, '');
  return {
    graphBaseUrl,
    instagramGraphBaseUrl: graphBaseUrl,
    apiVersion: 'v25.0',
    appSecrets: [SECRET],
    verifyToken: null,
    pageId: null,
    pageAccessToken: null,
  };
}

/** Connects the shop's account on Instagram with a token, for the first time or again. */
export async function connectInstagram(db: Database, businessId: string, accessToken: string): Promise<void> {
  const key = { channel: 'instagram', externalId: SHOP };
  const given = { status: 'active', statusNote: '' };
  const where = { channel_externalId: key };
  const { id } = await db.account.upsert({ where, create: { businessId, ...key, ...given }, update: given });
  const credentials = sealCredentials(createKeyRing(KEYS), id, { accessToken });
  await db.account.update({ where: { id }, data: { credentials } });
}

/** A customer's text as Directam posts it. */
export function customerMessage(customer: string, text: string, extra: Record<string, unknown> = {}): object {
  const timestamp = Date.now();
  return { sender_id: customer, receiver_id: SHOP, message_type: 'text', text, is_admin: false, timestamp, ...extra };
}

function pageMessage(customer: string, text: string, extra: Record<string, unknown> = {}): object {
  const timestamp = Date.now();
  return { sender: SHOP, receiver: customer, message_type: 'text', text, is_admin: true, timestamp, ...extra };
}

interface WorkerDeps extends Pick<ActivitiesDeps, 'channels' | 'credentials'> {
  temporal: TestNamespace;
  workflowBundle: { code: string };
  db: Database;
}

async function startWorkers(options: WorldOptions, deps: WorkerDeps): Promise<{ stop(): Promise<void> }> {
  const builtin = createBuiltinModel(createPromptStore());
  const quietHours = options.quietHours ?? null;
  const stages = createTurnStages({ db: deps.db, orders: options.orders ?? null, catalog: options.catalog ?? null });
  const activities = createActivities({
    ...ACTIVITY_PORTS,
    stages,
    recordHooks: createRecordHooks(stages),
    timerHooks: TIMER_HOOKS,
    db: deps.db,
    channels: deps.channels,
    credentials: deps.credentials,
    lanes: createAccountLanes(),
    builtin,
    model: options.model ?? builtin,
    budget: { contactCallsPerDay: 100, businessCallsPerDay: 1000, ...options.budget },
    quietHours,
    followUp: { enabled: true, delayMs: 12 * HOUR_MS, message: null, quietHours, ...options.followUp },
  });
  const { connection, namespace } = deps.temporal;
  const shared = { connection, namespace, activities };
  const workers = await Promise.all([
    Worker.create({ ...shared, taskQueue: CONVERSATIONS_QUEUE, workflowBundle: deps.workflowBundle }),
    Worker.create({ ...shared, taskQueue: QUEUES.sends }),
  ]);
  const running = workers.map((worker) => worker.run());
  return {
    stop: async () => {
      for (const worker of workers) worker.shutdown();
      await Promise.all(running);
    },
  };
}

type Handler = Parameters<typeof createServer>[1];

function createWebhookListener(deps: Pick<WebhookDeps, 'channels' | 'credentials' | 'inbox'>): Handler {
  const handle = createWebhookHandler({
    ...deps,
    logger: pino({ level: 'silent' }),
    metrics: createMetrics(),
    clock: Date.now,
  });
  return (request, response) => handle(request, response, () => response.writeHead(404).end());
}

async function listen(handler: Handler): Promise<{ url: string; close(): Promise<void> }> {
  const server = createServer(handler);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/webhook`,
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
