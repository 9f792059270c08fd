import { writeFileSync } from 'node:fs';
import { constants, setPriority } from 'node:os';
import { setFlagsFromString } from 'node:v8';
import { NativeConnection, Runtime, Worker } from '@temporalio/worker';
import { createCatalogActivities } from '../activities/catalog.activities.ts';
import { createActivities } from '../activities/index.ts';
import { createReconcileActivities } from '../activities/reconcile.activities.ts';
import { createRerunActivities } from '../activities/rerun.activities.ts';
import { createRetentionActivities } from '../activities/retention.activities.ts';
import { traceActivities } from '../activities/trace-interceptor.ts';
import {
  ACTIVITY_PORTS,
  catalogSettingsOf,
  createBusinessModels,
  createCatalog,
  createModelNamed,
  createRecordHooks,
  createSettings,
  createTurnStages,
  createVisionReader,
  installationCheckOf,
  openChannels,
  orderSettingsOf,
  policyOfBusiness,
  publicMediaUrlOf,
} from './composition.ts';
import { loadConfig } from './config.ts';
import { CONVERSATIONS_QUEUE } from './conversations/core/version.ts';
import { reconcileAtStart } from './conversations/reconcile/at-start.ts';
import { createReconcile } from './conversations/reconcile/reconcile.ts';
import { announceWorker } from './conversations/reconcile/workers.ts';
import { createConversations } from './conversations/workflow-gateway.ts';
import { RETENTION } from './features.ts';
import { createAccountLanes } from './outbox/account-lanes.ts';
import { openDatabase, openKeyedDatabase } from './platform/database/client.ts';
import { LIMITS } from './platform/database/limits.ts';
import { hostInUrl } from './platform/http/local-url.ts';
import { checkInstallation } from './platform/installation/check.ts';
import { saveAppLogs } from './platform/logging/app-log-store.ts';
import { createAppLogStream } from './platform/logging/app-log-stream.ts';
import { createLogger } from './platform/logging/logging.ts';
import { QUEUES } from './platform/queues.ts';
import { connectionOptions, openTemporal } from './platform/temporal/client.ts';
import { engineLogOptions } from './platform/temporal/engine-log.ts';
import { loadWorkflowBundle } from './platform/temporal/workflow-bundle.ts';
import { openTracing } from './platform/tracing/open-tracing.ts';
import { createModelWatch } from './replies/model-trouble-store.ts';
import { createReplySimulator } from './replies/simulate-reply.ts';
import { openTicket } from './tickets/store.ts';
import { TIMER_HOOKS } from './timer-hooks.ts';
import { traceChannels, traceModels } from './traced.ts';

/** Daily model calls: enough for any real conversation, a stop for one that runs away. */
const BUDGET = { contactCallsPerDay: 200, businessCallsPerDay: 20_000 };

/** More than ever are in use. */
const WAITING_SLOTS = 1000;

/** So long after its grace a worker gives up what does not end, so that the process leaves before whoever waits for it kills it. */
const FORCE_AFTER_GRACE_MS = 8_000;

// Where cores are short, webhooks are acknowledged before answers are thought of. Threads that are made later have the same priority.
setPriority(constants.priority.PRIORITY_BELOW_NORMAL);
const config = loadConfig(process.env);
const limits = config.worker;
// Where memory is plenty, V8 lets the workflows' thread grow by gigabytes before it clears away what the cache has dropped. The
// cached conversations need about half of the default.
setFlagsFromString(`--max-old-space-size=${limits.heapMb}`);
if (!config.databaseUrl || !config.temporal.address)
  throw new Error('DATABASE_URL and TEMPORAL_ADDRESS must be set; npm start does that.');

const db = openKeyedDatabase(config.databaseUrl, 20);
/** What nobody waits for may take longer. */
const upkeepDb = openKeyedDatabase(config.databaseUrl, 3, LIMITS.bulk);
const appLogs = createAppLogStream((entries) => saveAppLogs(db, entries));
const logger = createLogger('worker', config.logLevel, { warnings: appLogs });

const tracing = await openTracing(config.tracing, 'worker', (error) => logger.warn({ error }, 'traces cannot be sent'));
const engineLog = engineLogOptions(logger);
Runtime.install({
  shutdownSignals: ['SIGINT', 'SIGTERM'],
  logger: engineLog.logger,
  telemetryOptions: {
    logging: engineLog.logging,
    ...(limits.metricsPort === null
      ? {}
      : { metrics: { prometheus: { bindAddress: `${hostInUrl(limits.metricsHost)}:${limits.metricsPort}` } } }),
  },
});

const settings = createSettings(config, db);
const { channels, credentials } = openChannels(config, db);
const shopCatalog = createCatalog(config);
const orders = orderSettingsOf(config);
const stages = createTurnStages({
  db,
  orders,
  catalog: catalogSettingsOf(config, createVisionReader(config, shopCatalog.fetchSafely)),
});
const models = createBusinessModels(
  settings,
  createModelWatch(db, (error) => logger.warn({ err: error }, 'what became of a question to a model was not noted')),
);
const activities = createActivities({
  ...ACTIVITY_PORTS,
  db,
  channels: tracing ? traceChannels(tracing, channels) : channels,
  credentials,
  lanes: createAccountLanes(),
  ...(tracing ? traceModels(tracing, models) : models),
  stages,
  budget: BUDGET,
  answerBudgetMs: config.answerBudgetMs,
  quietHours: async (businessId) => (await settings.of(businessId)).quietHours,
  followUp: async (businessId) => (await settings.of(businessId)).followUp,
  recordHooks: createRecordHooks(stages),
  timerHooks: TIMER_HOOKS,
  publicMediaUrl: publicMediaUrlOf(config, config.auth.jwtSecret),
});

/** The worker asks the engine for itself, too: which runs there are, and that one be founded anew. */
const client = openTemporal({ ...config.temporal, address: config.temporal.address });
// Before anything is sent or compared: what a restored copy owes may have been done already.
await checkInstallation(installationCheckOf(upkeepDb, client, logger));
const reconcile = createReconcile({
  db: upkeepDb,
  client,
  conversations: createConversations(client, policyOfBusiness(config, settings, channels)),
  logger,
  openTicket,
});

const connection = await NativeConnection.connect(
  connectionOptions({ ...config.temporal, address: config.temporal.address }),
);
const shared = {
  connection,
  namespace: config.temporal.namespace,
  activities,
  shutdownGraceTime: limits.graceMs,
  shutdownForceTime: limits.graceMs + FORCE_AFTER_GRACE_MS,
};
const workflowBundle = await loadWorkflowBundle({
  logger: engineLog.logger,
  onUnwritable: (error) => logger.warn({ err: error }, 'the bundled workflows cannot be kept for the next start'),
});
const traced = tracing && {
  interceptors: {
    activity: [
      traceActivities(tracing, db, (error) => logger.warn({ err: error }, 'the trace of a message was not found')),
    ],
  },
};
const conversations = await Worker.create({
  ...shared,
  ...traced,
  taskQueue: CONVERSATIONS_QUEUE,
  workflowBundle,
  maxCachedWorkflows: limits.cachedConversations,
  maxConcurrentActivityTaskExecutions: limits.turnsAtOnce,
});
const sends = await Worker.create({
  ...shared,
  ...traced,
  taskQueue: QUEUES.sends,
  // Most of them wait, each in the lane of its account, which costs little: no account takes the slots of the others.
  maxConcurrentActivityTaskExecutions: limits.sendsAtOnce,
});
/** What shops say is stored by few at a time, so that answers to customers always come first. */
const catalogDb = openDatabase(config.databaseUrl, 4, LIMITS.bulk);
/** Turns are thought over beside it: they must not wait for what many shops have to say. */
const rerunDb = openDatabase(config.databaseUrl, 3, LIMITS.bulk);
const rethink = createReplySimulator({
  db: rerunDb,
  channels,
  ...createBusinessModels(settings),
  modelNamed: createModelNamed(config, settings),
  // Old pictures are seldom there any more, and looking at them costs.
  stages: createTurnStages({ db: rerunDb, orders, catalog: catalogSettingsOf(config, null) }),
});
const catalog = await Worker.create({
  ...shared,
  activities: {
    ...createCatalogActivities({ db: catalogDb, catalog: shopCatalog.reader }),
    ...createRerunActivities({ db: rerunDb, ...rethink }),
  },
  taskQueue: QUEUES.catalog,
  workflowBundle,
  maxCachedWorkflows: 50,
  // Most of them wait for a shop to answer, which costs little: its requests are what is limited. A slot for each would let a few
  // slow shops keep all others, small writes and re-runs waiting.
  maxConcurrentActivityTaskExecutions: WAITING_SLOTS,
  // A cancellation comes with the answer to a heartbeat.
  maxHeartbeatThrottleInterval: '3s',
});

const upkeep = await Worker.create({
  ...shared,
  activities: {
    ...createReconcileActivities({ db: upkeepDb, reconcile }),
    ...createRetentionActivities({ db: upkeepDb, rules: RETENTION, days: config.retentionDays }),
  },
  taskQueue: QUEUES.upkeep,
  workflowBundle,
  maxCachedWorkflows: 10,
  maxConcurrentActivityTaskExecutions: 2,
});
const { workerAliveFile } = config;
const presence = await announceWorker(
  db,
  (error) => logger.warn({ err: error }, 'this worker cannot say that it lives'),
  () => workerAliveFile !== null && writeFileSync(workerAliveFile, ''),
);
const leaving = new AbortController();
const compared = reconcileAtStart(reconcile, { logger, signal: leaving.signal });

logger.info({ queues: [CONVERSATIONS_QUEUE, ...Object.values(QUEUES)] }, 'worker ready');
try {
  await Promise.all([conversations.run(), sends.run(), catalog.run(), upkeep.run()]);
} finally {
  leaving.abort();
  await compared;
  await presence.leave().catch(() => undefined);
  await tracing?.stop();
  await appLogs.stop();
  await Promise.all([db, upkeepDb, catalogDb, rerunDb].map((each) => each.$disconnect()));
  await Promise.all([connection.close(), client.connection.close()]);
}
