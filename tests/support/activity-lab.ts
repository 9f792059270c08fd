import { randomUUID } from 'node:crypto';
import { MockActivityEnvironment } from '@temporalio/testing';
import { DefaultLogger } from '@temporalio/worker';
import type { Activities, ActivitiesDeps } from '../../activities/index.ts';
import { createActivities } from '../../activities/index.ts';
import { createCatalogVoice } from '../../src/catalog/catalog-reply.ts';
import type { CatalogSettings } from '../../src/catalog/stage.ts';
import { createChannels, credentialsFromSettings } from '../../src/channels/create-channels.ts';
import { ACTIVITY_PORTS, createRecordHooks, createTurnStages } from '../../src/composition.ts';
import type { OrderSettings } from '../../src/orders/stage.ts';
import { createAccountLanes } from '../../src/outbox/account-lanes.ts';
import { type Database, openKeyedDatabase } from '../../src/platform/database/client.ts';
import { createBuiltinModel } from '../../src/replies/models/builtin-model.ts';
import { createPromptStore } from '../../src/replies/prompts/prompts.ts';
import { fingerprintOf } from '../../src/text/fingerprint.ts';
import { HOUR_MS } from './builders.ts';
import { type FakeDirectam, startFakeDirectam } from './fake-directam.ts';
import { createTestDatabase } from './postgres.ts';

export interface Talk {
  conversationId: string;
  businessId: string;
  accountId: string;
  contactId: string;
  /** The customer's id on the channel. */
  customer: string;
}

/** `stages` are made of the settings unless they are given. */
export interface LabDeps extends Omit<ActivitiesDeps, 'stages' | 'recordHooks'> {
  stages?: ActivitiesDeps['stages'];
  orders: OrderSettings | null;
  catalog: CatalogSettings | null;
}

export interface ActivityLab {
  db: Database;
  directam: FakeDirectam;
  /** Runs one activity as a worker would, at the given attempt. */
  run<Name extends keyof Activities>(
    name: Name,
    input: Parameters<Activities[Name]>[0],
    options?: {
      attempt?: number;
      deps?: Partial<LabDeps>;
      environment?: MockActivityEnvironment;
    },
  ): Promise<Awaited<ReturnType<Activities[Name]>>>;
  /** A conversation of its own whose customer has just written the given lines. */
  talk(lines?: string[], changes?: object): Promise<Talk & { messageIds: string[] }>;
  /** A row of the ledger. */
  plan(talk: Talk, text: string, changes?: object): Promise<string>;
  outbound(id: string): ReturnType<Database['outboundMessage']['findUniqueOrThrow']>;
  /** Takes turns back as the workflow does for a newer message. Returns those whose sending has begun. */
  takeBack(talk: Talk, ...turnIds: string[]): Promise<string[]>;
  close(): Promise<void>;
}

/** The real activities over a database and a Directam of their own; no Temporal server. */
export async function openActivityLab(): Promise<ActivityLab> {
  const [database, directam] = await Promise.all([
    createTestDatabase(),
    startFakeDirectam({ retryAfterSeconds: 3, slowMs: 300 }),
  ]);
  const db = openKeyedDatabase(database.url, 12);
  const business = await db.business.create({ data: { slug: 'default', name: 'Shop' } });
  const builtin = createBuiltinModel(createPromptStore());
  const settings = { directam: { baseUrl: directam.url, apiKey: 'k', webhookSecret: null, timeoutMs: 2000 } };
  const deps: LabDeps = {
    ...ACTIVITY_PORTS,
    db,
    channels: createChannels(settings),
    credentials: credentialsFromSettings(settings),
    lanes: createAccountLanes(),
    builtin,
    model: builtin,
    orders: null,
    catalog: { voice: createCatalogVoice(createPromptStore()), crossSellCooldownMs: 24 * HOUR_MS },
    budget: { contactCallsPerDay: 100, businessCallsPerDay: 1000 },
    quietHours: null,
    followUp: { enabled: true, delayMs: 12 * HOUR_MS, message: null, quietHours: null },
  };
  const lab: ActivityLab = {
    db,
    directam,
    run: async (name, input, { attempt = 1, deps: changes, environment } = {}) => {
      const { orders, catalog, stages = createTurnStages({ db, orders, catalog }), ...rest } = { ...deps, ...changes };
      const activities = createActivities({ ...rest, stages, recordHooks: createRecordHooks(stages) });
      const mock = environment ?? new MockActivityEnvironment({ attempt }, { logger: new DefaultLogger('ERROR') });
      const activity = activities[name] as unknown as (given: unknown) => Promise<unknown>;
      return (await mock.run<[unknown], unknown, typeof activity>(activity, input)) as never;
    },
    talk: async (lines = ['Hello'], changes = {}) => {
      const customer = `cust-${randomUUID()}`;
      const of = { businessId: business.id };
      const account = await db.account.create({
        data: { ...of, channel: 'directam', externalId: `shop-${randomUUID()}` },
      });
      const contact = await db.contact.create({ data: { ...of, accountId: account.id, externalId: customer } });
      const now = Date.now();
      const conversation = await db.conversation.create({
        data: {
          ...of,
          accountId: account.id,
          contactId: contact.id,
          channel: 'directam',
          lastUserMessageAt: new Date(now - 1000),
          windowExpiresAt: new Date(now + 24 * HOUR_MS),
          ...changes,
        },
      });
      await db.dispatch.create({ data: { ...of, conversationId: conversation.id } });
      const messageIds: string[] = [];
      for (const [index, text] of lines.entries()) {
        const sentAt = new Date(now - 1000 + index);
        const message = await db.message.create({
          data: { ...of, conversationId: conversation.id, direction: 'in', author: 'customer', text, sentAt },
        });
        messageIds.push(message.id);
      }
      const { id: conversationId } = conversation;
      return { ...of, conversationId, accountId: account.id, contactId: contact.id, customer, messageIds };
    },
    plan: async ({ businessId, conversationId }, text, changes = {}) => {
      const row = await db.outboundMessage.create({
        data: {
          businessId,
          conversationId,
          author: 'bot',
          content: { kind: 'text', text },
          text,
          fingerprint: fingerprintOf(text),
          ...changes,
        },
      });
      return row.id;
    },
    outbound: (id) => db.outboundMessage.findUniqueOrThrow({ where: { id } }),
    takeBack: async (talk, ...turnIds) => {
      const changes = { abandonTurns: { turnIds, reason: 'superseded' } };
      return [...((await lab.run('recordConversation', { identity: talk, changes }))?.begunTurnIds ?? [])];
    },
    close: async () => {
      await directam.close();
      await db.$disconnect();
      await database.drop();
    },
  };
  return lab;
}
