import { type DestinationStream, type Logger, type LoggerOptions, pino, stdTimeFunctions } from 'pino';

/** Keys whose values are never written, wherever they stand in what is logged (three levels deep). */
const SECRET_KEYS = [
  'authorization',
  'cookie',
  '["set-cookie"]',
  '["x-api-key"]',
  '["x-webhook-signature"]',
  '["x-hub-signature-256"]',
  'password',
  'passwordHash',
  'accessToken',
  'access_token',
  'refreshToken',
  'refresh_token',
  'apiKey',
  'jwtSecret',
  'secret',
];

function pathsOf(key: string): string[] {
  const below = key.startsWith('[') ? key : `.${key}`;
  return [key, `*${below}`, `*.*${below}`];
}

/** International numbers, and Iranian mobile numbers as people write them, in Latin, Persian or Arabic digits. */
const PHONE =
  /(?<![\w۰-۹٠-٩-])(?:\+|00)[\d۰-۹٠-٩](?:[ -]?[\d۰-۹٠-٩]){7,14}(?![\w۰-۹٠-٩-])|(?<![\w۰-۹٠-٩-])[0۰٠][9۹٩](?:[ -]?[\d۰-۹٠-٩]){9}(?![\w۰-۹٠-٩-])/g;

/** Keeps the first four and the last two characters of every phone number in a text. */
export function maskPhones(text: string): string {
  return text.replace(PHONE, (phone) => `${phone.slice(0, 4)}***${phone.slice(-2)}`);
}

const MAX_DEPTH = 4;

/** A copy with phone numbers masked in every text. Deeper than `MAX_DEPTH` nothing is touched: we log flat things. */
function maskValue(value: unknown, depth = 0): unknown {
  if (typeof value === 'string') return maskPhones(value);
  if (depth >= MAX_DEPTH || typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map((item) => maskValue(item, depth + 1));
  const isPlain = Object.getPrototypeOf(value) === Object.prototype;
  if (!isPlain) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, maskValue(item, depth + 1)]));
}

/**
 * Makes the log: JSON lines, without secrets and with phone numbers masked.
 * `name` tells the processes apart. `destination` is for tests; standard output otherwise.
 */
export function createLogger(name: string, level: string, destination?: DestinationStream): Logger {
  const options: LoggerOptions = {
    name,
    level,
    timestamp: stdTimeFunctions.isoTime,
    redact: { paths: SECRET_KEYS.flatMap(pathsOf), censor: '[hidden]' },
    formatters: {
      level: (label) => ({ level: label }),
      log: (fields) => maskValue(fields) as Record<string, unknown>,
    },
    hooks: {
      logMethod(input, method) {
        const masked = input.map((part) => (typeof part === 'string' ? maskPhones(part) : part)) as typeof input;
        method.apply(this, masked);
      },
    },
  };
  return destination ? pino(options, destination) : pino(options);
}
