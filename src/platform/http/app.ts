import express, { type Express } from 'express';
import type { Logger } from 'pino';
import { settingsDefaultsOf } from '../../businesses/settings-defaults.ts';
import type { AccountCredentials } from '../../channels/credentials.ts';
import type { Config } from '../../config.ts';
import { ACTIONS, RESOURCES } from '../../features.ts';
import { createWebhookHandler } from '../../inbox/webhooks.ts';
import { createAuthRouter } from '../auth/auth.route.ts';
import { createAuthenticate, requirePrincipal } from '../auth/authenticate.ts';
import { createLoginLimits } from '../auth/login-limits.ts';
import { createLimitStore } from '../auth/rate-limit-store.ts';
import { createSessions } from '../auth/sessions.ts';
import { createAccessTokens } from '../auth/tokens.ts';
import { createKeyRing } from '../encryption/key-ring.ts';
import { createHealthReader, createHealthRouter, type HealthCheck } from '../health/health.ts';
import { createHealthPartsRouter } from '../health/health-parts.ts';
import { checkMigrations, checkSending, pingDatabase } from '../health/health-store.ts';
import type { SafeFetch } from '../safe-fetch/safe-fetch.ts';
import { type ActionDeps, createActionRouter } from './actions/action.ts';
import { resolveAliases } from './aliases.ts';
import { createDocsRouter } from './docs-page.ts';
import { createMediaProxy } from './media.ts';
import { createMetrics, createMetricsRouter, type Metrics } from './metrics.ts';
import { buildOpenApi } from './openapi.ts';
import { createPanelRouter, PANEL_FOLDER } from './panel.ts';
import { createErrorHandler, notFound } from './problem.ts';
import { createRequestLog } from './request-log.ts';
import { createResourceRouter } from './resources/router.ts';
import { createCors, createHelmet } from './security-headers.ts';

export interface AppDeps
  extends Omit<ActionDeps, 'presentContext' | 'clock' | 'unlockLogin' | 'keyRing' | 'settingsDefaults'> {
  config: Config;
  /** By which webhooks are known to be their provider's. */
  credentials: AccountCredentials;
  /** Signs access tokens: JWT_SECRET, or the one that was made for this installation. */
  jwtSecret: string;
  logger: Logger;
  /** Parts without which we still take webhooks: Temporal, workers. The database is checked anyway. */
  healthChecks: Readonly<Record<string, HealthCheck>>;
  /** Given by a composition root that also serves them on METRICS_PORT. */
  metrics?: Metrics;
  /** The door to other hosts, for the media proxy; absent: it shows nothing. */
  fetchSafely?: SafeFetch;
  /** Milliseconds since the epoch. */
  clock?: () => number;
  panelFolder?: string;
}

const MAX_JSON = '256kb';

/** The whole HTTP side: webhooks, health, API, documents and panel. The caller lets it listen. */
export function createApp(deps: AppDeps): Express {
  const { config, db, logger, clock = Date.now } = deps;
  const metrics = deps.metrics ?? createMetrics();
  const app = express();
  app.disable('x-powered-by');
  // A proxy on this machine may say who the client is; nobody else is believed.
  app.set('trust proxy', 'loopback');

  app.use(createWebhookHandler({ ...deps, metrics, clock }));
  app.use(createRequestLog(logger));
  app.use(metrics.observeRequests);
  app.use(createHelmet(config.publicBaseUrl));
  app.use(createCors(config.auth.uiOrigins));
  const required = { db: () => pingDatabase(db), migrations: () => checkMigrations(db) };
  const currentHealth = createHealthReader(
    { required, helpful: { ...deps.healthChecks, sending: () => checkSending(db) } },
    clock,
  );
  app.use(createHealthRouter(currentHealth));
  app.use(resolveAliases);

  const accessTokens = createAccessTokens(deps.jwtSecret, config.auth.accessTokenMinutes, clock);
  const authenticate = createAuthenticate({ db, accessTokens, adminApiKey: config.auth.adminApiKey, clock });
  const hasMetrics = config.metricsPort === null;
  if (hasMetrics) app.use(createMetricsRouter(metrics, authenticate));
  const { publicBaseUrl } = config;
  app.use(createDocsRouter(() => buildOpenApi(RESOURCES, ACTIONS, { publicBaseUrl, hasMetrics })));

  app.use(['/api', '/auth', '/admin/ai', '/admin/analytics', '/admin/products/sync'], (_request, response, next) => {
    response.set('Cache-Control', 'no-store');
    next();
  });
  const readJson = express.json({ limit: MAX_JSON });
  const { refreshTokenDays, uiOrigins } = config.auth;
  const limits = createLoginLimits(createLimitStore(db));
  const sessions = createSessions({
    db,
    accessTokens,
    limits,
    refreshTokenDays,
    clock,
  });
  const secureCookies = config.publicBaseUrl.startsWith('https:');
  const auth = createAuthRouter({ sessions, authenticate, accessTokens, allowedOrigins: uiOrigins, secureCookies });
  app.use('/auth', readJson);
  app.use(auth);

  const media = createMediaProxy({ fetchSafely: deps.fetchSafely, secret: deps.jwtSecret, clock });
  app.use(media.router);
  const presentContext = {
    temporalUiUrl: config.temporal.uiUrl,
    temporalNamespace: config.temporal.namespace,
    mediaAddress: media.addressOf,
  };
  // Who asks comes before what they sent: a stranger's body is not even parsed.
  app.use(['/api', '/admin/ai', '/admin/analytics', '/admin/products/sync'], requirePrincipal(authenticate), readJson);
  app.use(createHealthPartsRouter(db, currentHealth, clock));
  const keyRing = createKeyRing(config.auth.encryptionKeys);
  const actionDeps = { ...deps, presentContext, keyRing, settingsDefaults: settingsDefaultsOf(config), clock };
  app.use(createActionRouter(ACTIONS, { ...actionDeps, unlockLogin: limits.unlock }));
  app.use(createResourceRouter(RESOURCES, { db, presentContext, keyRing, clock }));

  app.get('/', (_request, response) => response.redirect('/admin'));
  app.use('/admin', createPanelRouter(deps.panelFolder ?? PANEL_FOLDER));
  app.use(notFound);
  app.use(createErrorHandler(logger));
  return app;
}
