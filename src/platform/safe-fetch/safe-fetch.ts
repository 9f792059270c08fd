import { promisify } from 'node:util';
import { brotliDecompress, gunzip, inflate } from 'node:zlib';
import { type Dispatcher, request } from 'undici';
import { FetchFailedError, FetchRefusedError } from '../errors.ts';
import { createGuardedAgent, type GuardOptions } from './guarded-agent.ts';

export interface SafeRequest {
  url: string;
  /** Media types that the answer may have; `image/*` stands for all images. */
  types: readonly string[];
  /** Of the body, also after it was unpacked. */
  maxBytes: number;
  /** For everything together: looking up, redirects, the whole body. */
  timeoutMs: number;
  /** What the answer was tagged with the last time: an unchanged one comes back as 304 without a body. */
  etag?: string;
  lastModified?: string;
  /** Posted; a redirect is then an error. */
  post?: { type: string; text: string };
  /** Of whoever the address is: goes to nobody that it leads on to. */
  authorization?: string;
  signal?: AbortSignal;
}

export interface SafeAnswer {
  status: number;
  /** Where it came from after redirects. */
  url: string;
  /** Without parameters, in lower case. */
  type: string;
  charset: string | null;
  etag: string;
  lastModified: string;
  retryAfter: string | null;
  body: Buffer;
}

/**
 * The only way to addresses that are not ours. Throws FetchRefusedError for what may not be fetched or used, FetchFailedError
 * for what could not be reached. An answer of any status is returned; only one of 2xx has its type checked.
 */
export type SafeFetch = (input: SafeRequest) => Promise<SafeAnswer>;

export interface SafeFetchOptions extends GuardOptions {
  /** Says who we are, with an address where a shop's owner can read what we do. */
  userAgent: string;
}

const MAX_REDIRECTS = 5;
const MAX_URL_LENGTH = 2000;

/** Sends no cookies, and no credentials but those it is given, and never follows an address further than it was judged. */
export function createSafeFetch(options: SafeFetchOptions): SafeFetch & { close(): Promise<void> } {
  const agent = createGuardedAgent(options);
  const fetchSafely: SafeFetch = async (input) => {
    const limit = AbortSignal.timeout(input.timeoutMs);
    const signal = input.signal ? AbortSignal.any([input.signal, limit]) : limit;
    try {
      return await follow(agent, options.userAgent, input, signal);
    } catch (error) {
      if (input.signal?.aborted) throw error;
      throw toFetchError(error, limit.aborted);
    }
  };
  return Object.assign(fetchSafely, { close: () => agent.destroy() });
}

async function follow(agent: Dispatcher, userAgent: string, input: SafeRequest, signal: AbortSignal) {
  let url = readAddress(input.url);
  for (let hop = 0; ; hop++) {
    const answer = await request(url, {
      dispatcher: agent,
      method: input.post ? 'POST' : 'GET',
      headers: { ...headersOf(userAgent, input), ...(hop === 0 ? authorizationOf(input) : {}) },
      ...(input.post ? { body: input.post.text } : {}),
      signal,
      headersTimeout: input.timeoutMs,
      bodyTimeout: input.timeoutMs,
    });
    const target = redirectTarget(answer, url, input);
    if (!target) return await read(answer, url, input);
    await answer.body.dump({ limit: 64 * 1024 });
    if (hop >= MAX_REDIRECTS)
      throw new FetchRefusedError('The address leads from one to the next for ever.', 'redirects');
    url = target;
  }
}

/** Throws FetchRefusedError unless it is a plain web address without a password. */
export function readAddress(address: string): URL {
  const url = address.length <= MAX_URL_LENGTH && URL.canParse(address) ? new URL(address) : null;
  if (!url) throw new FetchRefusedError('This is no address.', 'not_an_address');
  if (url.protocol !== 'http:' && url.protocol !== 'https:')
    throw new FetchRefusedError('Only http and https are fetched.', 'scheme');
  if (url.username !== '' || url.password !== '')
    throw new FetchRefusedError('An address with a name or password in it is not fetched.', 'credentials');
  return url;
}

function authorizationOf({ authorization }: SafeRequest): Record<string, string> {
  return authorization ? { authorization } : {};
}

function headersOf(userAgent: string, { types, etag, lastModified, post }: SafeRequest): Record<string, string> {
  return {
    'user-agent': userAgent,
    accept: `${types.join(', ')}, */*;q=0.1`,
    'accept-encoding': 'gzip, deflate, br',
    ...(etag ? { 'if-none-match': etag } : {}),
    ...(lastModified ? { 'if-modified-since': lastModified } : {}),
    ...(post ? { 'content-type': post.type } : {}),
  };
}

type Answer = Dispatcher.ResponseData;

function header(answer: Answer, name: string): string {
  const value = answer.headers[name];
  return (Array.isArray(value) ? value[0] : value) ?? '';
}

function redirectTarget(answer: Answer, from: URL, { post }: SafeRequest): URL | null {
  const location = header(answer, 'location');
  if (![301, 302, 303, 307, 308].includes(answer.statusCode) || location === '') return null;
  if (post) throw new FetchRefusedError('What is posted is not sent on to another address.', 'redirects');
  if (!URL.canParse(location, from.href)) throw new FetchRefusedError('The redirect leads nowhere.', 'redirects');
  return readAddress(new URL(location, from.href).href);
}

async function read(answer: Answer, url: URL, input: SafeRequest): Promise<SafeAnswer> {
  const [type = '', ...parameters] = header(answer, 'content-type').toLowerCase().split(';');
  const isGood = answer.statusCode >= 200 && answer.statusCode < 300;
  if (isGood && !isWanted(type.trim(), input.types)) {
    await answer.body.dump({ limit: 1024 });
    throw new FetchRefusedError(
      `The answer is ${type.trim() || 'of no type'}, not ${input.types.join(' or ')}.`,
      'type',
    );
  }
  const packed = await readCapped(answer, input.maxBytes);
  const body = await unpack(packed, header(answer, 'content-encoding').trim().toLowerCase(), input.maxBytes);
  const charset = parameters.map((part) => /^\s*charset\s*=\s*"?([\w-]+)/.exec(part)?.[1]).find(Boolean);
  return {
    status: answer.statusCode,
    url: url.href,
    type: type.trim(),
    charset: charset ?? null,
    etag: header(answer, 'etag').slice(0, 300),
    lastModified: header(answer, 'last-modified').slice(0, 100),
    retryAfter: header(answer, 'retry-after') || null,
    body,
  };
}

function isWanted(type: string, wanted: readonly string[]): boolean {
  return wanted.some((one) => one === type || (one.endsWith('/*') && type.startsWith(one.slice(0, -1))));
}

function tooLarge(): FetchRefusedError {
  return new FetchRefusedError('The answer is larger than allowed.', 'too_large');
}

async function readCapped(answer: Answer, maxBytes: number): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of answer.body as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > maxBytes) {
      answer.body.destroy();
      throw tooLarge();
    }
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

const UNPACKERS = {
  gzip: promisify(gunzip),
  'x-gzip': promisify(gunzip),
  deflate: promisify(inflate),
  br: promisify(brotliDecompress),
};

/** Unpacks no further than `maxBytes`, so that a small bomb stays small. */
export async function unpack(packed: Buffer, encoding: string, maxBytes: number): Promise<Buffer> {
  if (encoding === '' || encoding === 'identity' || packed.length === 0) return packed;
  if (!Object.hasOwn(UNPACKERS, encoding))
    throw new FetchRefusedError('The answer is packed in an unknown way.', 'encoding');
  try {
    return await UNPACKERS[encoding as keyof typeof UNPACKERS](packed, { maxOutputLength: maxBytes });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE') throw tooLarge();
    throw new FetchRefusedError('The answer cannot be unpacked.', 'encoding');
  }
}

function toFetchError(error: unknown, timedOut: boolean): unknown {
  if (error instanceof FetchRefusedError) return error;
  if (timedOut) return new FetchFailedError('The server did not answer in time.', 'timeout');
  const code = (error as NodeJS.ErrnoException | null)?.code ?? '';
  if (code === 'ENOTFOUND' || code === 'EAI_AGAIN')
    return new FetchFailedError('The name of the server is not known.', 'dns');
  if (code.startsWith('ERR_TLS') || code.includes('CERT'))
    return new FetchFailedError('The server is not trusted.', 'tls');
  if (/TIMEOUT/.test(code)) return new FetchFailedError('The server did not answer in time.', 'timeout');
  return new FetchFailedError('The server could not be reached.', 'connection');
}
