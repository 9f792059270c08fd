import { randomBytes } from 'node:crypto';
import { startUpkeep } from './analytics/rollup-schedule.ts';
import { createCatalogSyncs } from './catalog/sync-gateway.ts';
import {
  catalogSettingsOf,
  conversationPolicyOf,
  createAskCatalog,
  createCatalog,
  createChannels,
  createModels,
  createVisionReader,
  followUpPolicyOf,
  modelInUse,
  startSchedules,
} from './composition.ts';
import { loadConfig } from './config.ts';
import { createConversations } from './conversations/workflow-gateway.ts';
import { loadDemo } from './demo/load-demo.ts';
import { FEATURES } from './features.ts';
import { createInbox } from './inbox/inbox.ts';
import { startRelay } from './inbox/relay.ts';
import { createWebhookHandler } from './inbox/webhooks.ts';
import { openDatabase, openKeyedDatabase } from './platform/database/client.ts';
import { createApp } from './platform/http/app.ts';
import { createMetrics, createMetricsServer } from './platform/http/metrics.ts';
import { createHttpServer } from './platform/http/server.ts';
import { createLiveServer } from './platform/live/live-server.ts';
import { saveAppLogs } from './platform/logging/app-log-store.ts';
import { createAppLogStream } from './platform/logging/app-log-stream.ts';
import { createLogger } from './platform/logging/logging.ts';
import { hasWorkers, isTemporalUp, openTemporal } from './platform/temporal/client.ts';
import { savePromptFiles } from './replies/prompts/prompt-file-store.ts';
import { listPromptFiles } from './replies/prompts/prompt-files.ts';
import { createRehearsal } from './replies/rehearsal/rehearsal.ts';
import { createReruns } from './replies/reruns/gateway.ts';
import { createRerunPlanner } from './replies/reruns/planner.ts';
import { createReplySimulator } from './replies/simulate-reply.ts';
import { ensureFirstAdmin } from './team/first-admin.ts';

/** Requests under way when the process is told to stop get this long. */
const SHUTDOWN_GRACE_MS = 8000;

const config = loadConfig(process.env);
const { databaseUrl, temporal } = config;
if (!databaseUrl || !temporal.address)
  throw new Error('DATABASE_URL and TEMPORAL_ADDRESS must be set; npm start does that.');

const db = openDatabase(databaseUrl, 10);
const appLogs = createAppLogStream((entries) => saveAppLogs(db, entries));
const logger = createLogger('api', config.logLevel, { warnings: appLogs });
const inboxDb = openKeyedDatabase(databaseUrl, 8);
const admin = await ensureFirstAdmin(db, config.auth);
if (admin.generatedPassword)
  logger.warn({ username: admin.username }, 'an admin was made; set ADMIN_PASSWORD to choose');
await savePromptFiles(db, listPromptFiles());

const connectors = createChannels(config);
const policy = conversationPolicyOf(config);
const models = createModels(config);
const client = openTemporal({ ...temporal, address: temporal.address });
const conversations = createConversations(client, policy);
const relay = startRelay({
  db: inboxDb,
  deliver: (burst) => conversations.deliver(burst),
  onError: (message, error) => logger.warn({ err: error }, message),
});
const inbox = createInbox({
  db: inboxDb,
  connectors,
  defaultBusinessId: admin.businessId,
  debounce: { ...config.debounce, windowMs: policy.windowMs },
  onWork: relay.wake,
  onError: (message, error) => logger.error({ err: error }, message),
});

const simulator = connectors.get('simulator');
if (config.demo && simulator && (await loadDemo({ db, businessId: admin.businessId, ingest: inbox.ingest, simulator })))
  logger.info('the demo shop was loaded');

const shop = createCatalog(config);
const syncs = createCatalogSyncs(client);
if (config.catalog.enabled)
  void startSchedules({ db, syncs, businessId: admin.businessId, config }).catch((error: unknown) =>
    logger.warn({ err: error }, 'the schedules of the catalog could not be made; the next start tries again'),
  );

const askCatalog = createAskCatalog(db, catalogSettingsOf(config, createVisionReader(config, shop.fetchSafely)));
const metrics = createMetrics();
const app = createApp({
  config,
  db,
  features: FEATURES,
  services: {
    connectors,
    inbox,
    conversations,
    ...createReplySimulator({ db, connectors, ...models, askCatalog }),
    rerunPlanner: createRerunPlanner({ db, reruns: createReruns(client), modelInUse: modelInUse(config) }),
    rehearse: createRehearsal({ db, builtin: models.builtin, policy, followUp: followUpPolicyOf(config), askCatalog }),
    wakeRelay: relay.wake,
    catalog: config.catalog.enabled ? { ...shop.tables, syncs, defaultCron: config.catalog.cron } : null,
  },
  takeWebhook: createWebhookHandler({ connectors, inbox, logger, metrics, clock: Date.now }),
  fetchSafely: shop.fetchSafely,
  jwtSecret: config.auth.jwtSecret ?? randomBytes(32).toString('base64url'),
  logger,
  metrics,
  healthChecks: {
    temporal: async () => {
      if (!(await isTemporalUp(client))) throw new Error('Temporal does not answer.');
    },
    worker: async () => {
      if (!(await hasWorkers(client))) throw new Error('No worker polls.');
    },
  },
});

const upkeep = startUpkeep(db, (error) => logger.error({ err: error }, 'the upkeep failed; it is tried again'));
const server = createHttpServer(app);
const { publicBaseUrl, auth } = config;
const live = createLiveServer({ db, databaseUrl, publicBaseUrl, uiOrigins: auth.uiOrigins, logger });
live.attach(server);
server.listen(config.port, () => logger.info({ port: config.port }, 'api ready'));
/** Figures on a port of their own must not keep the process alive, nor is the API worth less without them. */
if (config.metricsPort !== null) {
  const metricsServer = createMetricsServer(metrics).listen(config.metricsPort).unref();
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
  await upkeep.stop();
  await appLogs.stop();
  await Promise.all([db.$disconnect(), inboxDb.$disconnect()]);
  await client.connection.close();
  process.exit(0);
}
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void stop());
