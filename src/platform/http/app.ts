import type { IncomingMessage, ServerResponse } from 'node:http';
import express, { type Express, type NextFunction } from 'express';
import type { Logger } from 'pino';
import { createAuthRouter } from '../auth/auth.route.ts';
import { createAuthenticate, requirePrincipal } from '../auth/authenticate.ts';
import { createDeviceTokens } from '../auth/device-tokens.ts';
import { createLoginLimits } from '../auth/login-limits.ts';
import { createLimitStore } from '../auth/rate-limit-store.ts';
import { createSessions } from '../auth/sessions.ts';
import { createAccessTokens } from '../auth/tokens.ts';
import type { Database } from '../database/client.ts';
import type { KeyRing } from '../encryption/key-ring.ts';
import type { Feature } from '../feature.ts';
import { createHealthReader, createHealthRouter, type HealthCheck, type HealthSource } from '../health/health.ts';
import type { FeatureHealth, HealthPart } from '../health/health-part.ts';
import { createHealthPartsRouter } from '../health/health-parts.ts';
import { readDatabaseParts } from '../health/health-store.ts';
import type { SafeFetch } from '../safe-fetch/safe-fetch.ts';
import { createUploadAddresses } from '../uploads/addresses.ts';
import { createUploadsRouter } from '../uploads/uploads.route.ts';
import { createActionRouter } from './actions/action.ts';
import { resolveAliases } from './aliases.ts';
import { createDocsRouter } from './docs-page.ts';
import { addFeatureFigures } from './feature-figures.ts';
import { createMediaProxy } from './media.ts';
import { createMetrics, createMetricsRouter, type Metrics } from './metrics.ts';
import { buildOpenApi } from './openapi.ts';
import { createPanelRouter, PANEL_FOLDER } from './panel.ts';
import { createErrorHandler, notFound } from './problem.ts';
import { createRequestLog } from './request-log.ts';
import { createResourceRouter } from './resources/router.ts';
import { createCors, createHelmet } from './security-headers.ts';

/** What of the configuration the HTTP side reads. */
export interface AppSettings {
  publicBaseUrl: string;
  /** Addresses and ranges of proxies that are believed when they say where a request comes from. */
  trustedProxies: readonly string[];
  /** Whether others than this machine can reach us. */
  isReachable: boolean;
  metricsPort: number | null;
  auth: {
    accessTokenMinutes: number;
    refreshTokenDays: number;
    adminApiKey: string | null;
    uiOrigins: readonly string[];
  };
  temporal: { uiUrl: string; namespace: string };
}

export interface AppDeps<Needs> {
  config: AppSettings;
  db: Database;
  /** What is served: their resources, actions and descriptions. */
  features: readonly Feature<Needs>[];
  /** What the features' actions work with. */
  services: Needs;
  /** Takes what channels post, before anything else; passes everything else on. */
  takeWebhook: (request: IncomingMessage, response: ServerResponse, next: NextFunction) => void;
  /** Seals secrets that are stored. */
  keyRing: KeyRing;
  /** Signs access tokens: JWT_SECRET, or the one that was made for this installation. */
  jwtSecret: string;
  logger: Logger;
  /** Parts without which we still take webhooks: Temporal, workers. The database is checked anyway. */
  healthChecks: Readonly<Record<string, HealthCheck>>;
  /** Whether strangers can post, for the health of one business. */
  webhookSigning?: (businessId: string) => Promise<HealthPart[]>;
  /** Throws while webhooks cannot be stored, whatever the database answers. */
  storing?: HealthCheck;
  /** How it goes with what features know nothing of. */
  healthSources?: readonly HealthSource[];
  /** A pool of its own for questions of health: they must be answered while all connections of the other are taken. */
  healthDb?: Database;
  /** Given by a composition root that also serves them on METRICS_PORT. */
  metrics?: Metrics;
  /** Fetches from other hosts, for the media proxy; absent: it shows nothing. */
  fetchSafely?: SafeFetch;
  /** Milliseconds since the epoch. */
  clock?: () => number;
  panelFolder?: string;
}

const MAX_JSON = '256kb';
/** Of strangers: a name, a password and no more. */
const MAX_LOGIN_JSON = '16kb';

/** The whole HTTP side: webhooks, health, API, documents and panel. The caller lets it listen. */
export function createApp<Needs>(deps: AppDeps<Needs>): Express {
  const { config, db, features, services, logger, clock = Date.now } = deps;
  const metrics = deps.metrics ?? createMetrics();
  addFeatureFigures(metrics, { db, figures: features.flatMap(({ figures = [] }) => figures), clock });
  const app = express();
  app.disable('x-powered-by');
  // Only a proxy that was named may say who the client is, be it on this machine: others say what they like.
  app.set('trust proxy', config.trustedProxies.length > 0 && [...config.trustedProxies]);

  app.use(deps.takeWebhook);
  app.use(createRequestLog(logger));
  app.use(metrics.observeRequests);
  app.use(createHelmet(config.publicBaseUrl));
  app.use(createCors(config.auth.uiOrigins));
  const healthDb = deps.healthDb ?? db;
  const database = () => readDatabaseParts(healthDb);
  const required: Record<string, HealthCheck> = deps.storing ? { storing: deps.storing } : {};
  const sources = [...featureSources(features, healthDb, clock), ...(deps.healthSources ?? [])];
  const currentHealth = createHealthReader({ database, required, helpful: deps.healthChecks, sources }, clock);
  app.use(createHealthRouter(currentHealth));
  app.use(resolveAliases);

  const accessTokens = createAccessTokens(deps.jwtSecret, config.auth.accessTokenMinutes, clock);
  const authenticate = createAuthenticate({ db, accessTokens, adminApiKey: config.auth.adminApiKey, clock });
  const hasMetrics = config.metricsPort === null;
  if (hasMetrics) app.use(createMetricsRouter(metrics, authenticate, config));
  const { publicBaseUrl } = config;
  app.use(createDocsRouter(() => buildOpenApi(features, { publicBaseUrl, hasMetrics })));

  const resources = features.flatMap((feature) => feature.resources ?? []);
  const actions = features.flatMap((feature) => feature.actions ?? []);
  const closed = ['/api', ...rootsOutsideApi(actions)];
  app.use([...closed, '/auth'], (_request, response, next) => {
    response.set('Cache-Control', 'no-store');
    next();
  });
  const readJson = express.json({ limit: MAX_JSON });
  const { refreshTokenDays, uiOrigins } = config.auth;
  const deviceTokens = createDeviceTokens(deps.jwtSecret, clock);
  const limits = createLoginLimits(createLimitStore(db));
  const sessions = createSessions({
    db,
    accessTokens,
    deviceTokens,
    limits,
    refreshTokenDays,
    clock,
  });
  const secureCookies = config.publicBaseUrl.startsWith('https:');
  const auth = createAuthRouter({
    sessions,
    authenticate,
    accessTokens,
    deviceTokens,
    allowedOrigins: uiOrigins,
    secureCookies,
  });
  app.use('/auth', express.json({ limit: MAX_LOGIN_JSON }));
  app.use(auth);

  const media = createMediaProxy({ fetchSafely: deps.fetchSafely, secret: deps.jwtSecret, clock });
  app.use(media.router);
  const uploads = createUploadAddresses(deps.jwtSecret, clock);
  app.use(createUploadsRouter({ db, addresses: uploads }));
  const presentContext = {
    temporalUiUrl: config.temporal.uiUrl,
    temporalNamespace: config.temporal.namespace,
    mediaAddress: (address: string) => uploads.pathOf(address) ?? media.addressOf(address),
  };
  // Who asks comes before what they sent: a stranger's body is not even parsed.
  app.use(closed, requirePrincipal(authenticate), readJson);
  app.use(
    createHealthPartsRouter({ db, features, current: currentHealth, webhookSigning: deps.webhookSigning, clock }),
  );
  app.use(
    createActionRouter(actions, {
      ...services,
      db,
      presentContext,
      keyRing: deps.keyRing,
      clock,
      unlockLogin: limits.unlock,
    }),
  );
  app.use(createResourceRouter(resources, { db, presentContext, keyRing: deps.keyRing, clock }));

  app.get('/', (_request, response) => response.redirect('/admin'));
  app.use('/admin', createPanelRouter(deps.panelFolder ?? PANEL_FOLDER));
  app.use(notFound);
  app.use(createErrorHandler(logger));
  return app;
}

/** Each by itself: one that fails or hangs must not keep the others from telling. */
function featureSources(
  features: readonly { name: string; health?: FeatureHealth }[],
  db: Database,
  clock: () => number,
): HealthSource[] {
  return features.flatMap(({ name, health }) => {
    const { shared } = health ?? {};
    return shared ? [{ name, needsDatabase: true, read: () => shared({ db, nowMs: clock() }) }] : [];
  });
}

/** Where actions that are not under `/api` stand, each up to its id. */
function rootsOutsideApi(actions: readonly { path: string }[]): string[] {
  const outside = actions.filter(({ path }) => !path.startsWith('/api/'));
  return [...new Set(outside.map(({ path }) => path.replace(/\/:id.*$/, '')))];
}
