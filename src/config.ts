import { randomBytes } from 'node:crypto';
import { isIP } from 'node:net';
import { z } from 'zod';
import { findKeyWeakness, findWeakness } from './platform/auth/secret-strength.ts';
import { findKeyFaults, readEncryptionKeys } from './platform/encryption/encryption-keys.ts';
import { localUrl } from './platform/http/local-url.ts';
import { MOCK_GRAPH_PATH } from './platform/http/mock-graph-path.ts';
import { isLoopback, isOfThisMachine } from './platform/loopback.ts';

/** Every fault of the environment at once, so that a person mends them in one go. Never holds a value, only names. */
export class ConfigError extends Error {
  readonly faults: readonly string[];
  constructor(faults: string[]) {
    super(`The configuration has ${faults.length} fault(s):\n${faults.map((fault) => `  - ${fault}`).join('\n')}`);
    this.name = 'ConfigError';
    this.faults = faults;
  }
}

const text = z.string().trim().min(1);
const url = z.url({ protocol: /^https?$/ }).transform((value) => value.replace(/\/+$/, ''));
const port = z.coerce.number().int().min(0).max(65_535);
const flag = z
  .string()
  .transform((value) => value.toLowerCase())
  .pipe(z.enum(['true', 'false', '1', '0', 'yes', 'no', 'on', 'off']))
  .transform((value) => /^(true|1|yes|on)$/.test(value));
const milliseconds = z.coerce.number().int().min(0);
const hours = z.coerce.number().positive().max(8760);
const count = z.coerce.number().int().min(1);
/** How long rows are kept. */
const days = z.coerce.number().int().min(1).max(36_500);
const list = z.string().transform((value) =>
  value
    .split(',')
    .map((item) => item.trim())
    .filter(Boolean),
);

function isCidr(range: string): boolean {
  const [address = '', bits = ''] = range.split('/');
  const family = isIP(address);
  return family > 0 && /^\d{1,3}$/.test(bits) && Number(bits) <= (family === 4 ? 32 : 128);
}

const PROVIDERS = ['builtin', 'openai', 'deepseek', 'openrouter', 'vercel_gateway', 'compatible'] as const;

/** An address or a range. One of all addresses would let everybody say that they are somebody else. */
function isProxy(given: string): boolean {
  return given.includes('/') ? isCidr(given) && Number(given.split('/')[1]) > 0 : isIP(given) > 0;
}

/** A header as OpenTelemetry writes it: its value percent-encoded. */
function isHeader(given: string): boolean {
  const [, value] = /^\s*[\w!#$%&'*+.^`|~-]+\s*=(.*)$/.exec(given) ?? [];
  if (value === undefined) return false;
  try {
    decodeURIComponent(value);
    return true;
  } catch {
    return false;
  }
}

/** Where a server may listen. A name could become another address tomorrow; `localhost` alone stays what it is. */
const listenAddress = text
  .transform((value) => (value.toLowerCase() === 'localhost' ? '127.0.0.1' : value.replace(/^\[|\]$/g, '')))
  .refine((value) => isIP(value) > 0, 'expected an address like 127.0.0.1 or 0.0.0.0');

/** Other programs write the name of their driver into the address (`postgresql+asyncpg://`); ours is always the same. */
const databaseUrl = z
  .string()
  .transform((value) => value.trim().replace(/^postgres(?:ql)?(?:\+[a-z0-9_]+)?:\/\//i, 'postgresql://'))
  .pipe(z.url({ protocol: /^postgresql$/ }));

/** One line per variable: `.env.example` explains each, and a test holds the two together. */
const environment = z.object({
  PORT: port.default(3000),
  HOST: listenAddress.default('127.0.0.1'),
  TRUSTED_PROXIES: list
    .refine((proxies) => proxies.every(isProxy), 'expected addresses or ranges like 10.0.0.0/8, separated by commas')
    .default([]),
  PUBLIC_BASE_URL: url.optional(),
  NODE_ENV: z.enum(['development', 'test', 'production']).default('development'),
  LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']).default('info'),
  PEYK_DATA_DIR: text.default('.data'),
  PEYK_DEMO: flag.default(false),
  METRICS_PORT: port.optional(),
  METRICS_HOST: listenAddress.default('127.0.0.1'),
  WORKER_ALIVE_FILE: text.optional(),
  WORKER_METRICS_PORT: port.optional(),
  WORKER_METRICS_HOST: listenAddress.optional(),
  WORKER_CACHED_CONVERSATIONS: count.max(100_000).default(500),
  WORKER_HEAP_MB: count.min(128).max(65_536).default(512),
  WORKER_TURNS_AT_ONCE: count.max(10_000).default(60),
  WORKER_SENDS_AT_ONCE: count.max(10_000).default(1000),
  WORKER_SYNCS_AT_ONCE: count.max(1000).default(16),
  WORKER_GRACE_SECONDS: count.max(3600).default(25),

  OTEL_EXPORTER_OTLP_ENDPOINT: url.optional(),
  OTEL_EXPORTER_OTLP_HEADERS: text
    .refine((given) => given.split(',').every(isHeader), 'expected name=value, several separated by commas')
    .optional(),
  OTEL_SERVICE_NAME: text.default('peyk'),

  RETENTION_DELIVERY_DAYS: days.default(30),
  RETENTION_APP_LOG_DAYS: days.default(60),
  RETENTION_LIVE_EVENT_DAYS: days.default(7),

  DATABASE_URL: databaseUrl.optional(),
  DATABASE_ADMIN_URL: databaseUrl.optional(),
  POSTGRES_PORT: port.default(5433),
  TEMPORAL_ADDRESS: text.optional(),
  TEMPORAL_NAMESPACE: text.default('default'),
  TEMPORAL_API_KEY: text.optional(),
  TEMPORAL_TLS_CA_PATH: text.optional(),
  TEMPORAL_TLS_CERT_PATH: text.optional(),
  TEMPORAL_TLS_KEY_PATH: text.optional(),
  TEMPORAL_CLI_PATH: text.optional(),
  TEMPORAL_PORT: port.default(7233),
  TEMPORAL_UI_PORT: port.default(8233),
  TEMPORAL_UI_URL: url.optional(),

  ADMIN_USERNAME: text.default('admin'),
  ADMIN_PASSWORD: text.optional(),
  ADMIN_API_KEY: text.optional(),
  JWT_SECRET: text.optional(),
  ACCESS_TOKEN_EXPIRE_MINUTES: z.coerce.number().positive().default(30),
  REFRESH_TOKEN_EXPIRE_DAYS: z.coerce.number().positive().default(7),
  ADMIN_UI_ORIGINS: list.default([]),
  ENCRYPTION_KEYS: text.optional(),

  DIRECTAM_BASE_URL: url.optional(),
  DIRECTAM_SEND_PREFIX: text.optional(),
  SERVICE_API_KEY: text.optional(),
  WEBHOOK_SECRET: text.optional(),
  ALLOW_UNSIGNED_WEBHOOKS: flag.default(false),

  META_APP_SECRET: text.optional(),
  INSTAGRAM_APP_SECRET: text.optional(),
  META_VERIFY_TOKEN: text.optional(),
  META_API_VERSION: text
    .regex(/^v?\d{1,3}\.\d$/, 'expected a version like v25.0')
    .transform((version) => (version.startsWith('v') ? version : `v${version}`))
    .default('v25.0'),
  PAGE_ID: text.regex(/^[\w.:-]{1,200}$/, 'expected the id of a page').optional(),
  PAGE_ACCESS_TOKEN: text.regex(/^[\x21-\x7e]+$/, 'expected printable characters without spaces').optional(),
  META_GRAPH_BASE_URL: url.default('https://graph.facebook.com'),
  INSTAGRAM_GRAPH_BASE_URL: url.default('https://graph.instagram.com'),
  INSTAGRAM_SKIP_SIGNATURE: flag.default(false),
  INSTAGRAM_MODE: z.enum(['real', 'mock']).default('real'),

  TWILIO_ACCOUNT_SID: text.regex(/^[\w.:-]{1,200}$/, 'expected the SID of an account').optional(),
  TWILIO_AUTH_TOKEN: text.optional(),
  TWILIO_PHONE_NUMBER: text.regex(/^\+?[0-9]{3,15}$/, 'expected a number with + and the country code').optional(),
  TWILIO_MESSAGING_SERVICE_SID: text.regex(/^[\w.:-]{1,200}$/, 'expected the SID of a service').optional(),
  TWILIO_API_BASE_URL: url.default('https://api.twilio.com'),
  SMS_OPT_OUT_HANDLED_BY: z.enum(['carrier', 'app']).default('carrier'),

  AI_PROVIDER: z.enum(PROVIDERS).default('builtin'),
  OPENAI_API_KEY: text.optional(),
  OPENAI_BASE_URL: url.optional(),
  OPENAI_MODEL: text.optional(),
  DEEPSEEK_API_KEY: text.optional(),
  DEEPSEEK_BASE_URL: url.optional(),
  DEEPSEEK_MODEL: text.optional(),
  OPENROUTER_API_KEY: text.optional(),
  OPENROUTER_BASE_URL: url.optional(),
  OPENROUTER_MODEL: text.optional(),
  VERCEL_AI_GATEWAY_API_KEY: text.optional(),
  VERCEL_AI_GATEWAY_BASE_URL: url.optional(),
  VERCEL_AI_GATEWAY_MODEL: text.optional(),
  LLM_BASE_URL: url.optional(),
  LLM_API_KEY: text.optional(),
  LLM_MODEL: text.optional(),
  AI_VISION_MODEL: text.optional(),
  LLM_TIMEOUT_MS: milliseconds.min(100).default(10_000),
  LLM_BUDGET_MS: milliseconds.min(100).optional(),

  DEBOUNCE_MS: milliseconds.max(60_000).default(1500),
  DEBOUNCE_MAX_MS: milliseconds.max(60_000).default(8000),
  FOLLOWUP_ENABLED: flag.default(true),
  FOLLOWUP_DELAY_HOURS: hours.default(12),
  FOLLOWUP_MESSAGE: text.optional(),
  MESSAGING_WINDOW_HOURS: hours.optional(),
  HUMAN_TAKEOVER_HOURS: hours.default(4),
  QUIET_HOURS_START: z
    .string()
    .regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'expected HH:MM')
    .optional(),
  QUIET_HOURS_END: z
    .string()
    .regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'expected HH:MM')
    .optional(),

  ORDER_FORM_ENABLED: flag.default(true),
  ORDER_FORM_MINUTES: z.coerce.number().positive().max(1440).default(30),

  PRODUCTS_FEATURE_ENABLED: flag.default(true),
  TOROB_PRODUCTS_URL: url.optional(),
  SITEMAP_URL: url.optional(),
  PRODUCT_SCRAPE_ENABLED: flag.default(true),
  PRODUCTS_SYNC_CRON: z
    .string()
    .trim()
    .regex(/^\S+( \S+){4}$/, 'expected five fields, like 0 */6 * * *')
    .default('0 */6 * * *'),
  SSRF_ALLOW_CIDRS: list
    .refine((ranges) => ranges.every(isCidr), 'expected ranges like 127.0.0.1/32, separated by commas')
    .default([]),
});

type Environment = z.infer<typeof environment>;

/** Seeds' other spellings, and the name each stands for. */
const ALIASES: Readonly<Record<string, keyof Environment>> = {
  SERVICE_BASE_URL: 'DIRECTAM_BASE_URL',
  JWT_SECRET_KEY: 'JWT_SECRET',
  ADMIN_SESSION_SECRET: 'JWT_SECRET',
  CORS_ORIGINS: 'ADMIN_UI_ORIGINS',
  JWT_ACCESS_EXPIRATION_MINUTES: 'ACCESS_TOKEN_EXPIRE_MINUTES',
  JWT_REFRESH_EXPIRATION_DAYS: 'REFRESH_TOKEN_EXPIRE_DAYS',
  FB_APP_SECRET: 'META_APP_SECRET',
  FACEBOOK_APP_SECRET: 'META_APP_SECRET',
  VERIFY_TOKEN: 'META_VERIFY_TOKEN',
  INSTAGRAM_WEBHOOK_VERIFY_TOKEN: 'META_VERIFY_TOKEN',
  FB_VERIFY_TOKEN: 'META_VERIFY_TOKEN',
  FACEBOOK_WEBHOOK_VERIFY_TOKEN: 'META_VERIFY_TOKEN',
  FACEBOOK_VERIFY_TOKEN: 'META_VERIFY_TOKEN',
  GRAPH_VERSION: 'META_API_VERSION',
  FB_GRAPH_VERSION: 'META_API_VERSION',
  FACEBOOK_GRAPH_VERSION: 'META_API_VERSION',
  INSTAGRAM_PAGE_ID: 'PAGE_ID',
  FB_PAGE_ID: 'PAGE_ID',
  FACEBOOK_PAGE_ID: 'PAGE_ID',
  INSTAGRAM_PAGE_ACCESS_TOKEN: 'PAGE_ACCESS_TOKEN',
  FB_PAGE_ACCESS_TOKEN: 'PAGE_ACCESS_TOKEN',
  FACEBOOK_PAGE_ACCESS_TOKEN: 'PAGE_ACCESS_TOKEN',
};

/** Names of all variables, for the test that compares them with `.env.example`. */
export const ENVIRONMENT_NAMES = Object.keys(environment.shape);

export type Config = Readonly<ReturnType<typeof arrange>>;

/**
 * Reads and checks the environment. Throws ConfigError with every fault.
 * An empty variable counts as absent, because `.env` files are full of them.
 */
export function loadConfig(env: NodeJS.ProcessEnv): Config {
  const given: Record<string, string> = {};
  for (const [alias, name] of Object.entries(ALIASES)) if (env[alias]?.trim()) given[name] = env[alias];
  for (const name of ENVIRONMENT_NAMES) if (env[name]?.trim()) given[name] = env[name] as string;
  const { values, faults } = readEach(given);
  faults.push(...findFaults(values));
  if (faults.length > 0) throw new ConfigError(faults);
  return Object.freeze(arrange(values));
}

/** Each variable by itself, so that one fault does not hide another. A faulty one counts as absent in what follows. */
function readEach(given: Record<string, string>): { values: Environment; faults: string[] } {
  const faults: string[] = [];
  const values = Object.entries(environment.shape).map(([name, schema]) => {
    const parsed = schema.safeParse(given[name]);
    if (parsed.success) return [name, parsed.data];
    faults.push(...parsed.error.issues.map((issue) => `${name}: ${issue.message}`));
    return [name, schema.safeParse(undefined).data];
  });
  return { values: Object.fromEntries(values) as Environment, faults };
}

/** What is wrong between variables: half a group, weak secrets, impossible times. */
function findFaults(env: Environment): string[] {
  const faults: string[] = [];
  const fault = (when: boolean, message: string) => when && faults.push(message);
  fault(!!env.SERVICE_API_KEY && !env.DIRECTAM_BASE_URL, 'DIRECTAM_BASE_URL: missing, though SERVICE_API_KEY is set');
  const hasTwilioSender = !!env.TWILIO_PHONE_NUMBER || !!env.TWILIO_MESSAGING_SERVICE_SID;
  const isTwilioSet = !!env.TWILIO_ACCOUNT_SID || !!env.TWILIO_AUTH_TOKEN || hasTwilioSender;
  fault(isTwilioSet && !env.TWILIO_ACCOUNT_SID, 'TWILIO_ACCOUNT_SID: missing, though others of Twilio are set');
  fault(isTwilioSet && !env.TWILIO_AUTH_TOKEN, 'TWILIO_AUTH_TOKEN: missing, though others of Twilio are set');
  fault(isTwilioSet && !hasTwilioSender, 'TWILIO_PHONE_NUMBER or TWILIO_MESSAGING_SERVICE_SID: set one of them');
  fault(!!env.DATABASE_ADMIN_URL && !env.DATABASE_URL, 'DATABASE_ADMIN_URL: needs DATABASE_URL');
  fault(
    !!env.DATABASE_URL && !!env.DATABASE_ADMIN_URL && roleOf(env.DATABASE_URL) === roleOf(env.DATABASE_ADMIN_URL),
    'DATABASE_ADMIN_URL: must name another role than DATABASE_URL',
  );
  fault(env.DEBOUNCE_MAX_MS < env.DEBOUNCE_MS, 'DEBOUNCE_MAX_MS: must not be smaller than DEBOUNCE_MS');
  fault(!env.QUIET_HOURS_START !== !env.QUIET_HOURS_END, 'QUIET_HOURS_START and QUIET_HOURS_END: set both or neither');
  const needs: Partial<Record<(typeof PROVIDERS)[number], keyof Environment>> = {
    openai: 'OPENAI_API_KEY',
    deepseek: 'DEEPSEEK_API_KEY',
    openrouter: 'OPENROUTER_API_KEY',
    vercel_gateway: 'VERCEL_AI_GATEWAY_API_KEY',
    compatible: 'LLM_BASE_URL',
  };
  const need = needs[env.AI_PROVIDER];
  fault(!!need && !env[need], `${need}: missing, though AI_PROVIDER is ${env.AI_PROVIDER}`);
  fault(
    !!env.TEMPORAL_TLS_CERT_PATH !== !!env.TEMPORAL_TLS_KEY_PATH,
    'TEMPORAL_TLS_CERT_PATH and TEMPORAL_TLS_KEY_PATH: set both or neither',
  );
  if (env.ENCRYPTION_KEYS) faults.push(...findKeyFaults(env.ENCRYPTION_KEYS).map((what) => `ENCRYPTION_KEYS: ${what}`));
  if (env.NODE_ENV === 'production') {
    faults.push(...weakSecretsOf(env));
    fault(!env.JWT_SECRET, 'JWT_SECRET: required in production');
    fault(!env.ENCRYPTION_KEYS, 'ENCRYPTION_KEYS: required in production');
    fault(!env.PUBLIC_BASE_URL, 'PUBLIC_BASE_URL: required in production');
    fault(
      !!env.PUBLIC_BASE_URL && !isSafeAddress(env.PUBLIC_BASE_URL),
      'PUBLIC_BASE_URL: https in production, or an address of this machine',
    );
    fault(!!env.DIRECTAM_BASE_URL && !env.WEBHOOK_SECRET, 'WEBHOOK_SECRET: required in production when Directam is on');
    fault(env.ALLOW_UNSIGNED_WEBHOOKS, 'ALLOW_UNSIGNED_WEBHOOKS: refused in production');
    fault(env.INSTAGRAM_SKIP_SIGNATURE, 'INSTAGRAM_SKIP_SIGNATURE: refused in production');
    fault(env.INSTAGRAM_MODE === 'mock', 'INSTAGRAM_MODE: mock answers nobody; refused in production');
    fault(
      !!env.PAGE_ACCESS_TOKEN && !env.META_APP_SECRET && !env.INSTAGRAM_APP_SECRET,
      'META_APP_SECRET: required in production when PAGE_ACCESS_TOKEN is set',
    );
    fault(env.SSRF_ALLOW_CIDRS.length > 0, 'SSRF_ALLOW_CIDRS: refused in production');
    fault(env.ADMIN_UI_ORIGINS.includes('*'), 'ADMIN_UI_ORIGINS: * is refused in production');
  }
  return faults;
}

const publicBaseUrlOf = (env: Environment): string => env.PUBLIC_BASE_URL ?? `http://127.0.0.1:${env.PORT}`;

/** The sender that the variables name; null: none. */
function smsAccountOf(env: Environment) {
  const { TWILIO_ACCOUNT_SID: accountSid, TWILIO_AUTH_TOKEN: authToken } = env;
  if (!accountSid || !authToken) return null;
  const { TWILIO_PHONE_NUMBER: phoneNumber, TWILIO_MESSAGING_SERVICE_SID: messagingServiceSid } = env;
  return { accountSid, authToken, phoneNumber, messagingServiceSid };
}

function roleOf(address: string): string {
  return new URL(address).username;
}

/** What each secret must be in production. A password is typed by people, the others are drawn. */
const SECRET_RULES = {
  JWT_SECRET: { minCharacters: 32, minBits: 90 },
  ADMIN_API_KEY: { minCharacters: 24, minBits: 60 },
  WEBHOOK_SECRET: { minCharacters: 16, minBits: 40 },
  ADMIN_PASSWORD: { minCharacters: 10, minBits: 24 },
} as const;

function weakSecretsOf(env: Environment): string[] {
  const secrets = Object.entries(SECRET_RULES).flatMap(([name, rules]) => {
    const secret = env[name as keyof typeof SECRET_RULES];
    const weakness = secret ? findWeakness(secret, rules) : null;
    return weakness === null ? [] : [`${name}: ${weakness}`];
  });
  const ring = env.ENCRYPTION_KEYS;
  if (!ring || findKeyFaults(ring).length > 0) return secrets;
  const keys = readEncryptionKeys(ring).flatMap(({ bytes }, index) => {
    const weakness = findKeyWeakness(bytes);
    return weakness === null ? [] : [`ENCRYPTION_KEYS: entry ${index + 1}: ${weakness}`];
  });
  return [...secrets, ...keys];
}

/** Without TLS the panel's cookie and every key travel in the clear, which only this machine's own loopback may see. */
function isSafeAddress(address: string): boolean {
  return new URL(address).protocol === 'https:' || isOfThisMachine(address);
}

/** Whether others than this machine can reach us, by our own address or by one that leads to us. */
function isReachable(env: Environment): boolean {
  return !isLoopback(env.HOST) || (env.PUBLIC_BASE_URL !== undefined && !isOfThisMachine(env.PUBLIC_BASE_URL));
}

/** Which of the two signs is not documented for every way to connect. A mock signs with one that nobody else knows. */
function appSecretsOf(env: Environment): string[] {
  const given = [...new Set([env.META_APP_SECRET, env.INSTAGRAM_APP_SECRET])].filter((secret) => secret !== undefined);
  return given.length === 0 && env.INSTAGRAM_MODE === 'mock' ? [randomBytes(24).toString('hex')] : given;
}

function modelProvider(
  name: Exclude<Environment['AI_PROVIDER'], 'builtin'>,
  apiKey?: string,
  baseUrl?: string,
  model?: string,
) {
  return { name, apiKey: apiKey ?? null, baseUrl: baseUrl ?? null, model: model ?? null };
}

/** The flat environment as the groups that parts of the program take. */
function arrange(env: Environment) {
  const providers = [
    ...(env.OPENAI_API_KEY ? [modelProvider('openai', env.OPENAI_API_KEY, env.OPENAI_BASE_URL, env.OPENAI_MODEL)] : []),
    ...(env.DEEPSEEK_API_KEY
      ? [modelProvider('deepseek', env.DEEPSEEK_API_KEY, env.DEEPSEEK_BASE_URL, env.DEEPSEEK_MODEL)]
      : []),
    ...(env.OPENROUTER_API_KEY
      ? [modelProvider('openrouter', env.OPENROUTER_API_KEY, env.OPENROUTER_BASE_URL, env.OPENROUTER_MODEL)]
      : []),
    ...(env.VERCEL_AI_GATEWAY_API_KEY
      ? [
          modelProvider(
            'vercel_gateway',
            env.VERCEL_AI_GATEWAY_API_KEY,
            env.VERCEL_AI_GATEWAY_BASE_URL,
            env.VERCEL_AI_GATEWAY_MODEL,
          ),
        ]
      : []),
    ...(env.LLM_BASE_URL ? [modelProvider('compatible', env.LLM_API_KEY, env.LLM_BASE_URL, env.LLM_MODEL)] : []),
  ];
  const reachable = isReachable(env);
  const isMock = env.INSTAGRAM_MODE === 'mock';
  const mockUrl = localUrl(env.HOST, env.PORT) + MOCK_GRAPH_PATH;
  return {
    port: env.PORT,
    host: env.HOST,
    /** Whose word about where a request comes from is believed. */
    trustedProxies: env.TRUSTED_PROXIES,
    /** Whether others than this machine can reach us. */
    isReachable: reachable,
    /** Whether webhooks are taken whose channel has no secret to check them by. */
    takesUnsignedWebhooks: env.NODE_ENV !== 'production' && (env.ALLOW_UNSIGNED_WEBHOOKS || !reachable),
    publicBaseUrl: publicBaseUrlOf(env),
    /** Where providers can fetch files of ours; null: nobody told. */
    publicMediaBaseUrl: env.PUBLIC_BASE_URL ?? null,
    production: env.NODE_ENV === 'production',
    logLevel: env.LOG_LEVEL,
    dataDir: env.PEYK_DATA_DIR,
    demo: env.PEYK_DEMO,
    metricsPort: env.METRICS_PORT ?? null,
    metricsHost: env.METRICS_HOST,
    workerAliveFile: env.WORKER_ALIVE_FILE ?? null,
    /** Null: nobody traces. */
    tracing: env.OTEL_EXPORTER_OTLP_ENDPOINT
      ? {
          endpoint: env.OTEL_EXPORTER_OTLP_ENDPOINT,
          headers: env.OTEL_EXPORTER_OTLP_HEADERS ?? null,
          serviceName: env.OTEL_SERVICE_NAME,
        }
      : null,
    /** How much a worker takes upon itself. */
    worker: {
      /** Null: nowhere. Beside the API's port unless it has one of its own. */
      metricsPort: env.WORKER_METRICS_PORT ?? (env.METRICS_PORT === undefined ? null : env.METRICS_PORT + 1),
      metricsHost: env.WORKER_METRICS_HOST ?? env.METRICS_HOST,
      cachedConversations: env.WORKER_CACHED_CONVERSATIONS,
      heapMb: env.WORKER_HEAP_MB,
      turnsAtOnce: env.WORKER_TURNS_AT_ONCE,
      sendsAtOnce: env.WORKER_SENDS_AT_ONCE,
      syncsAtOnce: env.WORKER_SYNCS_AT_ONCE,
      graceMs: env.WORKER_GRACE_SECONDS * 1000,
    },
    /** By the names of rules; the others go as their rules say. */
    retentionDays: {
      deliveries: env.RETENTION_DELIVERY_DAYS,
      appLogs: env.RETENTION_APP_LOG_DAYS,
      liveEvents: env.RETENTION_LIVE_EVENT_DAYS,
    },
    databaseUrl: env.DATABASE_URL ?? null,
    /** Of a superuser; only what starts and migrates asks for it, and never while Peyk serves. */
    databaseAdminUrl: env.DATABASE_ADMIN_URL ?? null,
    postgresPort: env.POSTGRES_PORT,
    temporal: {
      address: env.TEMPORAL_ADDRESS ?? null,
      namespace: env.TEMPORAL_NAMESPACE,
      apiKey: env.TEMPORAL_API_KEY ?? null,
      tlsCaPath: env.TEMPORAL_TLS_CA_PATH ?? null,
      tlsCertPath: env.TEMPORAL_TLS_CERT_PATH ?? null,
      tlsKeyPath: env.TEMPORAL_TLS_KEY_PATH ?? null,
      cliPath: env.TEMPORAL_CLI_PATH ?? null,
      port: env.TEMPORAL_PORT,
      uiPort: env.TEMPORAL_UI_PORT,
      uiUrl: env.TEMPORAL_UI_URL ?? `http://127.0.0.1:${env.TEMPORAL_UI_PORT}`,
      /** Whether anything is known to be there: a server that was given may have its pages anywhere. */
      hasUi: env.TEMPORAL_UI_URL !== undefined || env.TEMPORAL_ADDRESS === undefined,
    },
    auth: {
      adminUsername: env.ADMIN_USERNAME,
      adminPassword: env.ADMIN_PASSWORD ?? null,
      adminApiKey: env.ADMIN_API_KEY ?? null,
      jwtSecret: env.JWT_SECRET ?? null,
      accessTokenMinutes: env.ACCESS_TOKEN_EXPIRE_MINUTES,
      refreshTokenDays: env.REFRESH_TOKEN_EXPIRE_DAYS,
      uiOrigins: env.ADMIN_UI_ORIGINS,
      encryptionKeys: env.ENCRYPTION_KEYS ?? null,
    },
    /** Null turns the channel's sending off; webhooks are taken all the same and sends are rejected with a reason. */
    directam: {
      baseUrl: env.DIRECTAM_BASE_URL ?? null,
      sendPrefix: env.DIRECTAM_SEND_PREFIX ?? '',
      apiKey: env.SERVICE_API_KEY ?? null,
      webhookSecret: env.WEBHOOK_SECRET ?? null,
    },
    /** Instagram and Messenger are always on: their accounts bring tokens of their own. */
    meta: {
      /** The API stands in for Meta itself. */
      isMock,
      graphBaseUrl: isMock ? mockUrl : env.META_GRAPH_BASE_URL,
      instagramGraphBaseUrl: isMock ? mockUrl : env.INSTAGRAM_GRAPH_BASE_URL,
      apiVersion: env.META_API_VERSION,
      appSecrets: appSecretsOf(env),
      verifyToken: env.META_VERIFY_TOKEN ?? null,
      skipSignature: env.INSTAGRAM_SKIP_SIGNATURE,
      pageId: env.PAGE_ID ?? null,
      pageAccessToken: env.PAGE_ACCESS_TOKEN ?? null,
    },
    /** Text messages are always on: their accounts bring credentials of their own. */
    sms: {
      apiBaseUrl: env.TWILIO_API_BASE_URL,
      publicBaseUrl: publicBaseUrlOf(env),
      optOutHandledBy: env.SMS_OPT_OUT_HANDLED_BY,
      account: smsAccountOf(env),
    },
    ai: { provider: env.AI_PROVIDER, timeoutMs: env.LLM_TIMEOUT_MS, providers },
    /** For all attempts of one answer; whoever allows one request longer than usual waits that long. */
    answerBudgetMs: env.LLM_BUDGET_MS ?? Math.max(12_000, env.LLM_TIMEOUT_MS),
    /** Of the chosen provider; null: pictures are not looked at. */
    visionModel: env.AI_VISION_MODEL ?? null,
    debounce: { quietMs: env.DEBOUNCE_MS, maxMs: env.DEBOUNCE_MAX_MS },
    policy: {
      /** Null: each channel's own. */
      windowMs: env.MESSAGING_WINDOW_HOURS === undefined ? null : Math.round(env.MESSAGING_WINDOW_HOURS * 3_600_000),
      takeoverMs: Math.round(env.HUMAN_TAKEOVER_HOURS * 3_600_000),
      followUpEnabled: env.FOLLOWUP_ENABLED,
      followUpDelayMs: Math.round(env.FOLLOWUP_DELAY_HOURS * 3_600_000),
      followUpMessage: env.FOLLOWUP_MESSAGE ?? null,
      quietHours:
        env.QUIET_HOURS_START && env.QUIET_HOURS_END
          ? { start: env.QUIET_HOURS_START, end: env.QUIET_HOURS_END }
          : null,
    },
    orders: { formEnabled: env.ORDER_FORM_ENABLED, formLimitMs: Math.round(env.ORDER_FORM_MINUTES * 60_000) },
    /** What is on without a source is the panel's import; sources of the environment are the default business's. */
    catalog: {
      enabled: env.PRODUCTS_FEATURE_ENABLED,
      torobUrl: env.TOROB_PRODUCTS_URL ?? null,
      sitemapUrl: env.SITEMAP_URL ?? null,
      readPages: env.PRODUCT_SCRAPE_ENABLED,
      cron: env.PRODUCTS_SYNC_CRON,
      allowCidrs: env.SSRF_ALLOW_CIDRS,
    },
  };
}
