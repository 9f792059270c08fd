import { Agent, type Dispatcher, request } from 'undici';
import { ChannelOutcomeUnknownError, ChannelUnavailableError } from '../platform/errors.ts';

/** An answer longer than this is not a send receipt; the rest is not read. */
const MAX_ANSWER_BYTES = 64 * 1024;
const CONNECT_TIMEOUT_MS = 10_000;

export interface ProviderRequest {
  url: URL;
  headers: Record<string, string>;
  body: string;
  timeoutMs: number;
  signal?: AbortSignal;
}

export interface ProviderAnswer {
  status: number;
  headers: Readonly<Record<string, string | string[] | undefined>>;
  text: string;
}

/** Posts once. Never repeats, never follows a redirect. */
export type PostToProvider = (input: ProviderRequest) => Promise<ProviderAnswer>;

/**
 * Makes the only way to a provider over HTTP. It knows whether a request had begun to be written when it failed, which
 * is the line between what may be repeated and what may not:
 * ChannelUnavailableError before the first byte, ChannelOutcomeUnknownError after it.
 * Connections are kept alive, because setting up TLS costs more than a send.
 */
export function createProviderClient(): PostToProvider {
  const agent = new Agent({
    // HTTP/2 would put many sends on one connection, and lose all of them with it.
    allowH2: false,
    // Enough for many accounts behind one address, each of which has so many requests under way at most.
    connections: 256,
    connect: { timeout: CONNECT_TIMEOUT_MS },
  });
  return (input) => post(agent, input);
}

async function post(agent: Agent, input: ProviderRequest): Promise<ProviderAnswer> {
  const progress = { started: false };
  const timeout = AbortSignal.timeout(input.timeoutMs);
  const signal = input.signal ? AbortSignal.any([input.signal, timeout]) : timeout;
  try {
    const asking = request(input.url, {
      method: 'POST',
      headers: input.headers,
      body: input.body,
      dispatcher: agent.compose(noteStart(progress, signal)),
      signal,
      headersTimeout: input.timeoutMs,
      bodyTimeout: input.timeoutMs,
    });
    const answer = await Promise.race([asking, rejectBeforeStart(progress, signal)]);
    return { status: answer.statusCode, headers: answer.headers, text: await readAnswer(answer.body) };
  } catch (error) {
    throw classifyFailure(error, progress.started, timeout.aborted);
  }
}

/**
 * Rejects when the time is over before a connection took the request. undici itself would notice only once it
 * connected; by then it drops the request unwritten, because it looks at the signal first.
 */
function rejectBeforeStart(progress: { started: boolean }, signal: AbortSignal): Promise<never> {
  return new Promise((_resolve, reject) => {
    const stop = () => {
      if (!progress.started) reject(signal.reason);
    };
    if (signal.aborted) stop();
    else signal.addEventListener('abort', stop, { once: true });
  });
}

/** Notes the moment at which a connection takes the request, just before its first byte is written. */
function noteStart(progress: { started: boolean }, signal: AbortSignal): Dispatcher.DispatcherComposeInterceptor {
  return (dispatch) => (options, handler) => {
    const noting: Dispatcher.DispatchHandler = {
      onRequestStart: (...args) => {
        progress.started = !signal.aborted;
        handler.onRequestStart?.(...args);
      },
      onRequestUpgrade: (...args) => handler.onRequestUpgrade?.(...args),
      onResponseStart: (...args) => handler.onResponseStart?.(...args),
      onResponseData: (...args) => handler.onResponseData?.(...args),
      onResponseEnd: (...args) => handler.onResponseEnd?.(...args),
      onResponseError: (...args) => handler.onResponseError?.(...args),
    };
    return dispatch(options, noting);
  };
}

async function readAnswer(body: AsyncIterable<Buffer>): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of body) {
    chunks.push(chunk);
    size += chunk.length;
    if (size > MAX_ANSWER_BYTES) break;
  }
  return Buffer.concat(chunks).toString('utf8');
}

function classifyFailure(error: unknown, started: boolean, timedOut: boolean): Error {
  const code = timedOut ? 'timeout' : failureCode(error);
  if (!started) return new ChannelUnavailableError(`The provider could not be reached (${code})`);
  return timedOut || /TIMEOUT/.test(code)
    ? new ChannelOutcomeUnknownError('The provider did not answer in time', 'timeout')
    : new ChannelOutcomeUnknownError(`The connection broke before the answer (${code})`, 'connection_lost');
}

/** The error's code only: its message may name the address, which carries the key. */
function failureCode(error: unknown): string {
  if (!(error instanceof Error)) return 'unknown';
  if ('code' in error && typeof error.code === 'string') return error.code;
  return error.name;
}
