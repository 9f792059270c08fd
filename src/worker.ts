import { fileURLToPath } from 'node:url';
import { setFlagsFromString } from 'node:v8';
import { bundleWorkflowCode, DefaultLogger, NativeConnection, Runtime, Worker } from '@temporalio/worker';
import { createCatalogActivities } from '../activities/catalog.activities.ts';
import { createActivities } from '../activities/index.ts';
import { createRerunActivities } from '../activities/rerun.activities.ts';
import {
  catalogSettingsOf,
  createAskCatalog,
  createBusinessModels,
  createCatalog,
  createChannels,
  createModelNamed,
  createSettings,
  createVisionReader,
  orderSettingsOf,
} from './composition.ts';
import { loadConfig } from './config.ts';
import { expireOrderForm } from './orders/store.ts';
import { openDatabase, openKeyedDatabase } from './platform/database/client.ts';
import { saveAppLogs } from './platform/logging/app-log-store.ts';
import { createAppLogStream } from './platform/logging/app-log-stream.ts';
import { createLogger } from './platform/logging/logging.ts';
import { QUEUES } from './platform/queues.ts';
import { connectionOptions } from './platform/temporal/client.ts';
import { createReplySimulator } from './replies/simulate-reply.ts';

/** Daily model calls: enough for any real conversation, a stop for one that runs away. */
const BUDGET = { contactCallsPerDay: 200, businessCallsPerDay: 20_000 };

/** Long enough for a model call and a send under way to end by themselves. */
const SHUTDOWN_GRACE_MS = 25_000;

/** Sleeping conversations live in Temporal; this many stay warm here. About 0.2 MB each. */
const MAX_CACHED_WORKFLOWS = 500;

/**
 * Where memory is plenty, V8 lets the workflows' thread grow by gigabytes before it clears away what the cache has dropped.
 * The cached conversations need about half of this.
 */
const MAX_HEAP_MB = 512;
setFlagsFromString(`--max-old-space-size=${MAX_HEAP_MB}`);

const config = loadConfig(process.env);
if (!config.databaseUrl || !config.temporal.address)
  throw new Error('DATABASE_URL and TEMPORAL_ADDRESS must be set; npm start does that.');

const db = openKeyedDatabase(config.databaseUrl, 20);
const appLogs = createAppLogStream((entries) => saveAppLogs(db, entries));
const logger = createLogger('worker', config.logLevel, { warnings: appLogs });

Runtime.install({
  shutdownSignals: ['SIGINT', 'SIGTERM'],
  logger: new DefaultLogger('WARN', ({ level, message, meta }) =>
    logger[level === 'ERROR' ? 'error' : 'warn'](
      {
        type: meta?.error instanceof Error ? meta.error.name : undefined,
        workflowId: meta?.workflowId,
        activityType: meta?.activityType,
      },
      message,
    ),
  ),
  ...(config.metricsPort === null
    ? {}
    : { telemetryOptions: { metrics: { prometheus: { bindAddress: `127.0.0.1:${config.metricsPort + 1}` } } } }),
});

const settings = createSettings(config, db);
const connectors = createChannels(config);
const shopCatalog = createCatalog(config);
const activities = createActivities({
  db,
  connectors,
  ...createBusinessModels(settings),
  budget: BUDGET,
  answerBudgetMs: config.answerBudgetMs,
  quietHours: async (businessId) => (await settings.of(businessId)).quietHours,
  followUp: async (businessId) => (await settings.of(businessId)).followUp,
  orders: orderSettingsOf(config),
  catalog: catalogSettingsOf(config, createVisionReader(config, shopCatalog.fetchSafely)),
  timerHooks: { expireOrderForm },
});

const connection = await NativeConnection.connect(
  connectionOptions({ ...config.temporal, address: config.temporal.address }),
);
const shared = { connection, namespace: config.temporal.namespace, activities, shutdownGraceTime: SHUTDOWN_GRACE_MS };
const workflowBundle = await bundleWorkflowCode({
  workflowsPath: fileURLToPath(new URL('../workflows/index.ts', import.meta.url)),
  logger: new DefaultLogger('WARN'),
});
const conversations = await Worker.create({
  ...shared,
  taskQueue: QUEUES.conversations,
  workflowBundle,
  maxCachedWorkflows: MAX_CACHED_WORKFLOWS,
  maxConcurrentActivityTaskExecutions: 60,
});
const sends = await Worker.create({ ...shared, taskQueue: QUEUES.sends, maxConcurrentActivityTaskExecutions: 60 });
/** Shops are read by few at a time, so that answers to customers always come first. */
const catalogDb = openDatabase(config.databaseUrl, 4);
const rethink = createReplySimulator({
  db: catalogDb,
  connectors,
  ...createBusinessModels(settings),
  modelNamed: createModelNamed(config, settings),
  // Old pictures are seldom there any more, and looking at them costs.
  askCatalog: createAskCatalog(catalogDb, catalogSettingsOf(config, null)),
});
const catalog = await Worker.create({
  ...shared,
  activities: {
    ...createCatalogActivities({ db: catalogDb, catalog: shopCatalog.reader }),
    ...createRerunActivities({ db: catalogDb, ...rethink }),
  },
  taskQueue: QUEUES.catalog,
  workflowBundle,
  maxCachedWorkflows: 20,
  maxConcurrentActivityTaskExecutions: 4,
  // A cancellation comes with the answer to a heartbeat.
  maxHeartbeatThrottleInterval: '3s',
});

logger.info({ queues: Object.values(QUEUES) }, 'worker ready');
try {
  await Promise.all([conversations.run(), sends.run(), catalog.run()]);
} finally {
  await appLogs.stop();
  await Promise.all([db.$disconnect(), catalogDb.$disconnect()]);
  await connection.close();
}
