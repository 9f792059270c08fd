import {
  type DestinationStream,
  destination,
  type Logger,
  type LoggerOptions,
  multistream,
  pino,
  stdTimeFunctions,
} from 'pino';
import { maskPhones } from '../../text/mask-phones.ts';

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
  // What customers wrote, and how to reach them.
  'text',
  'body',
  'rawBody',
  'content',
  'caption',
  'phone',
  'email',
];

function pathsOf(key: string): string[] {
  const below = key.startsWith('[') ? key : `.${key}`;
  return [key, `*${below}`, `*.*${below}`];
}

/** Bearer and access tokens, our own keys, passwords in addresses, and tokens in query strings. */
const TOKENS: readonly (readonly [RegExp, string])[] = [
  [/\bBearer\s+[\w.~+/-]+=*/gi, 'Bearer [hidden]'],
  [/\beyJ[\w-]{8,}\.[\w-]+\.[\w-]*/g, '[hidden]'],
  [/\bpeyk_[\w-]{8,}/g, '[hidden]'],
  [/(:\/\/[^\s:/@]*):[^\s@/]+@/g, '$1:[hidden]@'],
  [/\b(access_token|refresh_token|token|api_?key|secret|password)=[^\s&"']+/gi, '$1=[hidden]'],
];

/** A text as it may be written down: without tokens, phone numbers masked. */
export function maskText(text: string): string {
  return maskPhones(TOKENS.reduce((masked, [pattern, instead]) => masked.replace(pattern, instead), text));
}

const MAX_ERROR_CHARACTERS = 500;

/** An error as it is written: what it is and where it was thrown. Not the fields it carries: they may quote a row. */
interface WrittenError {
  type: string;
  code?: string;
  message: string;
  stack: string;
  cause?: WrittenError;
}

/** The database client quotes the call with its values and then says what is wrong in the last line. */
function messageOf(error: Error): string {
  const message = error.name.startsWith('PrismaClient')
    ? (error.message.trim().split('\n').at(-1) ?? '')
    : error.message;
  return maskText(message.slice(0, MAX_ERROR_CHARACTERS));
}

function writeError(error: unknown, depth = 0): WrittenError | string {
  if (!(error instanceof Error)) return maskText(String(error).slice(0, MAX_ERROR_CHARACTERS));
  const frames = (error.stack ?? '').split('\n').filter((line) => /^\s+at /.test(line));
  const code = 'code' in error && typeof error.code === 'string' ? error.code : undefined;
  const cause = error.cause instanceof Error && depth < 3 ? writeError(error.cause, depth + 1) : undefined;
  return {
    type: error.name,
    ...(code ? { code } : {}),
    message: messageOf(error),
    stack: frames.join('\n'),
    ...(typeof cause === 'object' ? { cause } : {}),
  };
}

const MAX_DEPTH = 4;

/** A copy with phone numbers masked in every text. Deeper than `MAX_DEPTH` nothing is touched: we log flat things. */
function maskValue(value: unknown, depth = 0): unknown {
  if (typeof value === 'string') return maskText(value);
  if (depth >= MAX_DEPTH || typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map((item) => maskValue(item, depth + 1));
  const isPlain = Object.getPrototypeOf(value) === Object.prototype;
  if (!isPlain) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, maskValue(item, depth + 1)]));
}

export interface LogStreams {
  /** Standard output unless given. */
  output?: DestinationStream;
  /** Also gets every line from a warning up, as it is written. */
  warnings?: DestinationStream;
}

/**
 * Makes the log: JSON lines, without secrets or what customers wrote, and with phone numbers masked.
 * `name` tells the processes apart.
 */
export function createLogger(name: string, level: string, { output, warnings }: LogStreams = {}): Logger {
  const options: LoggerOptions = {
    name,
    level,
    timestamp: stdTimeFunctions.isoTime,
    serializers: { err: (error: unknown) => writeError(error) },
    redact: { paths: SECRET_KEYS.flatMap(pathsOf), censor: '[hidden]' },
    formatters: {
      level: (label) => ({ level: label }),
      log: (fields) => maskValue(fields) as Record<string, unknown>,
    },
    hooks: {
      logMethod(input, method) {
        const masked = input.map((part) => (typeof part === 'string' ? maskText(part) : part)) as typeof input;
        method.apply(this, masked);
      },
    },
  };
  const main = output ?? destination(1);
  if (!warnings) return pino(options, main);
  const streams = multistream([
    { level: 'trace', stream: main },
    { level: 'warn', stream: warnings },
  ]);
  return pino(options, streams);
}
