import { randomBytes } from 'node:crypto';
import { ensureAccount } from './accounts/store.ts';
import { startUpkeep } from './analytics/rollup-schedule.ts';
import { createProductLookup } from './catalog/product-lookup.ts';
import { startRestockWatch } from './catalog/restock/watch.ts';
import { listBusinessesWithSources } from './catalog/store.ts';
import { createCatalogSyncs } from './catalog/sync-gateway.ts';
import {
  catalogSettingsOf,
  createAccountChecks,
  createBusinessModels,
  createCatalog,
  createProductShow,
  createSettings,
  createTurnStages,
  createVisionReader,
  installationCheckOf,
  modelInUse,
  openChannels,
  orderSettingsOf,
  policyOfBusiness,
  publicMediaUrlOf,
  selfConnectingChannels,
  settingsDefaultsOf,
  startSchedules,
} from './composition.ts';
import { loadConfig } from './config.ts';
import { CONVERSATIONS_QUEUE } from './conversations/core/version.ts';
import { mendStuckRun } from './conversations/reconcile/reconcile.ts';
import { ensureReconcileSchedule, RECONCILE_SCHEDULE } from './conversations/reconcile/schedule-gateway.ts';
import { createSearchAttributesCheck } from './conversations/search-attributes.ts';
import { type Conversations, createConversations } from './conversations/workflow-gateway.ts';
import { loadDemo } from './demo/load-demo.ts';
import { CANCELLATION_CLAIMS, FEATURES } from './features.ts';
import { createInbox } from './inbox/inbox.ts';
import { createMockGraph, serveMockGraph } from './inbox/mock-graph.ts';
import { startRelay } from './inbox/relay.ts';
import { createStoringWatch } from './inbox/storing.ts';
import { createWebhookSigning } from './inbox/webhook-signing.ts';
import { createWebhookHandler } from './inbox/webhooks.ts';
import { startUndeliveredWatch } from './outbox/undelivered-watch.ts';
import { openDatabase, openKeyedDatabase } from './platform/database/client.ts';
import { watchConnections } from './platform/database/connections-health.ts';
import { LIMITS } from './platform/database/limits.ts';
import { readRoleParts } from './platform/database/role-health.ts';
import { createKeyRing } from './platform/encryption/key-ring.ts';
import { HealthFault } from './platform/health/health.ts';
import { createApp } from './platform/http/app.ts';
import { createMetrics, createMetricsServer } from './platform/http/metrics.ts';
import { createHttpServer } from './platform/http/server.ts';
import { checkInstallation, startInstallationChecks } from './platform/installation/check.ts';
import { readDiskParts } from './platform/installation/disk-health.ts';
import { createLiveServer } from './platform/live/live-server.ts';
import { saveAppLogs } from './platform/logging/app-log-store.ts';
import { createAppLogStream } from './platform/logging/app-log-stream.ts';
import { createLogger } from './platform/logging/logging.ts';
import { hasWorkers, isTemporalUp, openTemporal } from './platform/temporal/client.ts';
import { ensureRetentionSchedule, RETENTION_SCHEDULE } from './platform/temporal/retention-schedule.ts';
import { watchSchedules } from './platform/temporal/schedule-watch.ts';
import { openTracing } from './platform/tracing/open-tracing.ts';
import { createMediaReader } from './platform/uploads/read-media.ts';
import { savePromptFiles } from './replies/prompts/prompt-file-store.ts';
import { listPromptFiles } from './replies/prompts/prompt-files.ts';
import { createRehearsal } from './replies/rehearsal/rehearsal.ts';
import { createReruns } from './replies/reruns/gateway.ts';
import { createRerunPlanner } from './replies/reruns/planner.ts';
import { createReplySimulator } from './replies/simulate-reply.ts';
import { createTestPlayer } from './replies/test-set/play.ts';
import { isGeneratedPassword } from './start/secrets.ts';
import { ensureFirstAdmin } from './team/first-admin.ts';
import { openTicket } from './tickets/store.ts';
import { traceAccept, traceDeliver } from './traced.ts';

/** Requests under way when the process is told to stop get this long. */
const SHUTDOWN_GRACE_MS = 8000;

const config = loadConfig(process.env);
const { databaseUrl, temporal } = config;
if (!databaseUrl || !temporal.address)
  throw new Error('DATABASE_URL and TEMPORAL_ADDRESS must be set; npm start does that.');

const db = openDatabase(databaseUrl, 10);
const appLogs = createAppLogStream((entries) => saveAppLogs(db, entries));
const logger = createLogger('api', config.logLevel, { warnings: appLogs });
const tracing = await openTracing(config.tracing, 'api', (error) => logger.warn({ error }, 'traces cannot be sent'));
const inboxDb = openKeyedDatabase(databaseUrl, 8);
/** What nobody waits for may take longer. */
const upkeepDb = openDatabase(databaseUrl, 2, LIMITS.bulk);
/** For questions of health: they are answered while all other connections of this process are taken. */
const healthDb = openDatabase(databaseUrl, 2, LIMITS.messages);
const connections = watchConnections([db, inboxDb, upkeepDb]);
const admin = await ensureFirstAdmin(db, config.auth, {
  isGenerated: config.auth.adminPassword === null || isGeneratedPassword(config.dataDir, config.auth.adminPassword),
});
if (admin.generatedPassword)
  logger.warn({ username: admin.username }, 'an admin was made; set ADMIN_PASSWORD to choose');
if (admin.warning) logger.warn(admin.warning);
await savePromptFiles(db, listPromptFiles());

const { pageId, pageAccessToken } = config.meta;
// The page of the variables is known before its first message; the Instagram account that is tied to it is not.
if (pageId && pageAccessToken) await ensureAccount(db, admin.businessId, 'messenger', pageId);
const { channels, credentials } = openChannels(config, inboxDb);
const settings = createSettings(config, db);
const policyOf = policyOfBusiness(config, settings, channels);
const models = createBusinessModels(settings);
const client = openTemporal({ ...temporal, address: temporal.address });
// Before anything is handed on: what a restored copy owes may have been done already.
const installation = installationCheckOf(upkeepDb, client, logger);
await checkInstallation(installation);
const installationChecks = startInstallationChecks(installation);
const conversations: Conversations = createConversations(
  client,
  policyOf,
  (ref) =>
    void mendStuckRun({ db, conversations, logger, openTicket }, ref).catch((error: unknown) =>
      logger.error({ err: error }, 'a stuck conversation could not be mended'),
    ),
);
const relay = startRelay({
  db: inboxDb,
  deliver: tracing ? traceDeliver(tracing, inboxDb, conversations.deliver) : conversations.deliver,
  onError: (message, error) => logger.warn({ err: error }, message),
});
const inbox = createInbox({
  db: inboxDb,
  tracing,
  channels,
  credentials,
  defaultBusinessId: admin.businessId,
  selfConnecting: selfConnectingChannels(config),
  debounce: config.debounce,
  quietMsOf: async (businessId) => (await settings.of(businessId)).debounceMs,
  windowMs: config.policy.windowMs,
  claimsCancellation: CANCELLATION_CLAIMS,
  onWork: relay.wake,
  isFull: relay.isFull,
  onError: (message, error) => logger.error({ err: error }, message),
});

const simulator = channels.get('simulator');
if (config.demo && simulator && (await loadDemo({ db, businessId: admin.businessId, ingest: inbox.ingest, simulator })))
  logger.info('the demo shop was loaded');

const shop = createCatalog(config);
const syncs = createCatalogSyncs(client);
const schedules = watchSchedules(
  client,
  {
    own: [RECONCILE_SCHEDULE, RETENTION_SCHEDULE],
    ofShops: async () => (config.catalog.enabled ? (await listBusinessesWithSources(db)).map(syncs.workflowId) : []),
    make: async () => {
      await Promise.all([ensureReconcileSchedule(client), ensureRetentionSchedule(client)]);
      if (config.catalog.enabled) await startSchedules({ db, syncs, businessId: admin.businessId, config });
    },
  },
  (error) => logger.warn({ err: error }, 'the schedules could not be looked at or made; it is tried again'),
);

const stages = createTurnStages({
  db,
  orders: orderSettingsOf(config),
  catalog: catalogSettingsOf(config, createVisionReader(config, shop.fetchSafely)),
});
const webhookSigning = createWebhookSigning({
  db,
  channels,
  credentials,
  selfConnecting: selfConnectingChannels(config),
  takesUnsignedWebhooks: config.takesUnsignedWebhooks,
  isReachable: config.isReachable,
});
await webhookSigning.warn(logger);

const mockGraph = config.meta.isMock ? createMockGraph(config, config.meta.appSecrets[0] ?? '') : null;
if (mockGraph) logger.warn('INSTAGRAM_MODE is mock: nothing reaches Instagram or Messenger');
const jwtSecret = config.auth.jwtSecret ?? randomBytes(32).toString('base64url');
const metrics = createMetrics();
const storing = createStoringWatch();
const hasSearchAttributes = createSearchAttributesCheck(client);
const app = createApp({
  config,
  db,
  features: FEATURES,
  services: {
    readMedia: createMediaReader(),
    publicMediaUrl: publicMediaUrlOf(config, jwtSecret),
    showProduct: createProductShow(db),
    channels,
    credentials,
    inbox,
    conversations,
    productLookup: createProductLookup(db),
    ...createReplySimulator({ db, channels, ...models, stages }),
    testPlayer: createTestPlayer({ db, ...models, stages }),
    rerunPlanner: createRerunPlanner({ db, reruns: createReruns(client), modelInUse: modelInUse(settings) }),
    rehearse: createRehearsal({
      db,
      builtin: models.builtin,
      policy: (businessId) => policyOf({ businessId, channel: '' }),
      followUp: async (businessId) => (await settings.of(businessId)).followUp,
      stages,
    }),
    ...createAccountChecks(config, db),
    settingsDefaults: settingsDefaultsOf(config),
    wakeRelay: relay.wake,
    mockGraph,
    catalog: config.catalog.enabled ? { ...shop.tables, syncs, defaultCron: config.catalog.cron } : null,
  },
  keyRing: createKeyRing(config.auth.encryptionKeys),
  takeWebhook: serveMockGraph(
    mockGraph,
    createWebhookHandler({
      channels,
      credentials,
      inbox: { accept: tracing ? traceAccept(tracing, inbox.accept) : inbox.accept },
      logger,
      metrics,
      clock: Date.now,
      storing,
    }),
  ),
  storing: storing.check,
  fetchSafely: shop.fetchSafely,
  webhookSigning: webhookSigning.partsOf,
  jwtSecret,
  logger,
  metrics,
  healthDb,
  healthSources: [
    { name: 'connections', needsDatabase: true, read: () => connections.parts(healthDb) },
    { name: 'disk', needsDatabase: false, read: () => readDiskParts(config.dataDir, storing.isDiskFull) },
    { name: 'schedules', needsDatabase: false, read: schedules.parts },
    { name: 'database-role', needsDatabase: true, isAdvice: true, read: () => readRoleParts(healthDb) },
  ],
  healthChecks: {
    temporal: async () => {
      if (!(await isTemporalUp(client))) throw new HealthFault('temporal_down');
      if (!(await hasSearchAttributes())) throw new HealthFault('temporal_unprepared');
    },
    worker: async () => {
      if (!(await hasWorkers(client, CONVERSATIONS_QUEUE))) throw new Error('No worker polls.');
    },
  },
});

const undelivered = startUndeliveredWatch({ db, openTicket }, (error) =>
  logger.error({ err: error }, 'messages that did not arrive could not be looked at; it is tried again'),
);
const restocks = startRestockWatch(
  { db, conversations, openTicket, quietHoursOf: async (id) => (await settings.of(id)).quietHours, clock: Date.now },
  (error) => logger.error({ err: error }, 'customers who wait for products could not be told; it is tried again'),
);
const upkeep = startUpkeep(upkeepDb, (error) => logger.error({ err: error }, 'the upkeep failed; it is tried again'));
const server = createHttpServer(app);
const { publicBaseUrl, auth } = config;
const live = createLiveServer({ db, databaseUrl, publicBaseUrl, uiOrigins: auth.uiOrigins, logger });
live.attach(server);
const { port, host, metricsHost } = config;
server.listen({ port, host }, () => logger.info({ port, host }, 'api ready'));
/** Figures on a port of their own must not keep the process alive, nor is the API worth less without them. */
if (config.metricsPort !== null) {
  const metricsServer = createMetricsServer(metrics).listen(config.metricsPort, metricsHost).unref();
  metricsServer.on('error', (error) => logger.error({ err: error }, 'the metrics port cannot be used'));
}
server.on('error', (error) => {
  logger.fatal({ err: error }, 'the API cannot listen');
  process.exit(1);
});

/** Stops taking requests, lets those under way and the relay's signals finish, then leaves. */
async function stop(): Promise<void> {
  setTimeout(() => process.exit(1), SHUTDOWN_GRACE_MS).unref();
  server.close();
  server.closeIdleConnections();
  await live.stop();
  await inbox.stop();
  await relay.stop();
  schedules.stop();
  connections.stop();
  await upkeep.stop();
  await undelivered.stop();
  await restocks.stop();
  await installationChecks.stop();
  await tracing?.stop();
  await appLogs.stop();
  await Promise.all([db, inboxDb, upkeepDb, healthDb].map((each) => each.$disconnect()));
  await client.connection.close();
  process.exit(0);
}
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void stop());
