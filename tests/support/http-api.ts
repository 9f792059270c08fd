import type { AddressInfo } from 'node:net';
import type { Express } from 'express';
import { pino } from 'pino';
import { createProductLookup } from '../../src/catalog/product-lookup.ts';
import { createChannels, credentialsFromSettings } from '../../src/channels/create-channels.ts';
import {
  createProductShow,
  publicMediaUrlOf,
  selfConnectingChannels,
  settingsDefaultsOf,
} from '../../src/composition.ts';
import { type Config, loadConfig } from '../../src/config.ts';
import type { ConversationGateway } from '../../src/conversations/gateway.ts';
import { FEATURES, type Services } from '../../src/features.ts';
import { createInbox } from '../../src/inbox/inbox.ts';
import { createWebhookSigning } from '../../src/inbox/webhook-signing.ts';
import { createWebhookHandler } from '../../src/inbox/webhooks.ts';
import { type Database, openDatabase } from '../../src/platform/database/client.ts';
import { LIMITS } from '../../src/platform/database/limits.ts';
import { createKeyRing } from '../../src/platform/encryption/key-ring.ts';
import { type AppDeps, createApp } from '../../src/platform/http/app.ts';
import { createMetrics } from '../../src/platform/http/metrics.ts';
import { createHttpServer } from '../../src/platform/http/server.ts';
import { createMediaReader } from '../../src/platform/uploads/read-media.ts';
import { ensureFirstAdmin } from '../../src/team/first-admin.ts';
import { createTestDatabase } from './postgres.ts';

export const ADMIN_PASSWORD = 'correct horse battery';
export const ADMIN_API_KEY = 'test-admin-key-0123456789abcdef';
export const WEBHOOK_SECRET = 'webhook-secret';
export const JWT_SECRET = 'a-secret-that-only-tests-know-0123456789';

/** What the bot would answer here, in the parts of it that the API shows. */
export const ANSWER = { proposal: { text: 'an answer', action: 'reply' }, replaced: false };

/** A gateway that notes what it was asked; `fail` makes its next calls throw. Temporal is not the subject here. */
export interface NotedGateway extends ConversationGateway {
  calls: { method: string; args: unknown[] }[];
  fail: Error | null;
  /** Runs instead of the failure or success, e.g. to change the database as a workflow would. */
  before: ((method: string) => Promise<void>) | null;
}

function createNotedGateway(): NotedGateway {
  const note =
    (method: string) =>
    async (...args: unknown[]) => {
      gateway.calls.push({ method, args });
      await gateway.before?.(method);
      if (gateway.fail) throw gateway.fail;
    };
  const gateway: NotedGateway = {
    calls: [],
    fail: null,
    before: null,
    takeOver: note('takeOver'),
    release: note('release'),
    close: note('close'),
    sendOutbound: note('sendOutbound'),
    cancelFollowUp: note('cancelFollowUp'),
    rescheduleFollowUp: note('rescheduleFollowUp'),
    setTimer: note('setTimer'),
    cancelTimer: note('cancelTimer'),
    rescheduleTimer: note('rescheduleTimer'),
  };
  return gateway;
}

/** An answer, read to its end. */
export interface Answer<T = Record<string, unknown>> {
  status: number;
  headers: Headers;
  text: string;
  body: T;
}

export interface TestApi {
  url: string;
  app: Express;
  databaseUrl: string;
  db: Database;
  config: Config;
  gateway: NotedGateway;
  /** Of the default business. */
  businessId: string;
  /** Lines of the log so far. */
  logs: string[];
  /** Moves the clock that tokens and logins live by. */
  passTime(ms: number): void;
  request<T = Record<string, unknown>>(method: string, path: string, options?: RequestOptions): Promise<Answer<T>>;
  /** An access token of a user. */
  login(username?: string, password?: string): Promise<string>;
  stop(): Promise<void>;
}

export interface RequestOptions {
  token?: string | null;
  apiKey?: string;
  body?: unknown;
  headers?: Record<string, string>;
}

/** In the place of the usual services and parts. */
type GivenParts = Partial<Omit<AppDeps<Services>, 'services' | 'features'> & Services>;

/** The real app over real HTTP and a database of its own, with an admin `admin`. */
export async function startTestApi(env: Record<string, string> = {}, given: GivenParts = {}): Promise<TestApi> {
  const database = await createTestDatabase();
  const config = loadConfig({ ADMIN_PASSWORD, ADMIN_API_KEY, WEBHOOK_SECRET, ...env });
  const db = openDatabase(database.url, 10, { ...LIMITS.panel, checkoutMs: 2000 });
  const { businessId } = await ensureFirstAdmin(db, config.auth);
  const gateway = createNotedGateway();
  const logs: string[] = [];
  let offsetMs = 0;
  const directam = {
    baseUrl: 'http://127.0.0.1:9',
    apiKey: 'x',
    sendPrefix: '',
    webhookSecret: config.directam.webhookSecret,
    mustBeSigned: !config.takesUnsignedWebhooks,
  };
  const settings = { directam, meta: config.meta, sms: config.sms };
  const channels = createChannels(settings);
  const credentials = credentialsFromSettings(settings);
  const selfConnecting = selfConnectingChannels(config);
  const inbox = createInbox({
    db,
    channels,
    credentials,
    defaultBusinessId: businessId,
    selfConnecting,
    debounce: config.debounce,
    windowMs: config.policy.windowMs,
    onWork: () => undefined,
    onError: (message) => logs.push(message),
  });
  const services: Services = {
    channels,
    credentials,
    inbox,
    conversations: gateway,
    productLookup: createProductLookup(db),
    readMedia: createMediaReader(),
    publicMediaUrl: publicMediaUrlOf(config, JWT_SECRET),
    showProduct: createProductShow(db),
    simulateReply: async (question) => ({ context: { question }, reply: ANSWER }),
    readAiContext: async (question) => (await services.simulateReply(question)).context,
    testPlayer: { play: async () => [] },
    rerunPlanner: null,
    rehearse: null,
    wakeRelay: () => undefined,
    mockGraph: null,
    catalog: null,
    checkAccount: null,
    readMetaProfile: async (_, id) => ({ id, username: '', name: '', pictureUrl: null, followers: null }),
    settingsDefaults: settingsDefaultsOf(config),
    ...given,
  };
  const logger = pino({ level: 'info' }, { write: (line: string) => logs.push(line) });
  const clock = () => Date.now() + offsetMs;
  const metrics = createMetrics();
  const app = createApp({
    config,
    jwtSecret: JWT_SECRET,
    db,
    features: FEATURES,
    services,
    keyRing: createKeyRing(config.auth.encryptionKeys),
    takeWebhook: createWebhookHandler({
      channels: services.channels,
      credentials,
      inbox: services.inbox,
      logger,
      metrics,
      clock,
    }),
    healthChecks: { temporal: async () => undefined },
    webhookSigning: createWebhookSigning({ db, channels, credentials, selfConnecting, ...config }).partsOf,
    logger,
    metrics,
    clock,
    ...given,
  });
  const server = createHttpServer(app);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

  const request: TestApi['request'] = async (method, path, { token, apiKey, body, headers } = {}) => {
    const response = await fetch(url + path, {
      method,
      redirect: 'manual',
      headers: {
        ...(token ? { authorization: `Bearer ${token}` } : {}),
        ...(apiKey ? { 'x-api-key': apiKey } : {}),
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    });
    const text = await response.text();
    const isJson = /json/.test(response.headers.get('content-type') ?? '');
    return { status: response.status, headers: response.headers, text, body: isJson ? JSON.parse(text) : {} };
  };

  return {
    url,
    app,
    databaseUrl: database.url,
    db,
    config,
    gateway,
    businessId,
    logs,
    request,
    passTime: (ms) => {
      offsetMs += ms;
    },
    async login(username = 'admin', password = ADMIN_PASSWORD) {
      const { body } = await request('POST', '/auth/login', { body: { username, password } });
      return body.access_token as string;
    },
    async stop() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      await inbox.stop();
      await db.$disconnect();
      await database.drop();
    },
  };
}
