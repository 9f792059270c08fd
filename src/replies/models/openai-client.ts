import OpenAI from 'openai';
import { ModelTimeoutError, UnreadableBodyError } from './provider-errors.ts';
import { PROVIDER_DEFAULTS, type ProviderSettings } from './settings.ts';

const MAX_BODY_BYTES = 4_000_000;

/** The SDK for one provider: no retries of its own, nothing from the environment, no body without end. */
export function createClient(provider: ProviderSettings, timeoutMs: number): OpenAI {
  const baseURL = provider.baseUrl ?? PROVIDER_DEFAULTS[provider.name].baseUrl;
  if (!baseURL) throw new Error(`The provider ${provider.name} needs a base URL`);
  return new OpenAI({
    baseURL,
    // The SDK insists on a key; a server without keys gets no header at all.
    apiKey: provider.apiKey ?? 'none',
    defaultHeaders: {
      ...(provider.apiKey === null ? { Authorization: null } : {}),
      ...(provider.name === 'openrouter' ? { 'X-Title': 'Peyk' } : {}),
    },
    // Else it reads them from the environment, behind the configuration's back.
    adminAPIKey: null,
    organization: null,
    project: null,
    webhookSecret: null,
    logLevel: 'off',
    maxRetries: 0,
    timeout: timeoutMs,
    fetch: fetchWithinSize,
  });
}

/** A fetch whose body cannot grow without end. */
async function fetchWithinSize(input: string | URL | Request, init?: RequestInit): Promise<Response> {
  const response = await fetch(input, init);
  if (!response.body) return response;
  let bytes = 0;
  const limit = new TransformStream<Uint8Array, Uint8Array>({
    transform(chunk, controller) {
      bytes += chunk.byteLength;
      if (bytes > MAX_BODY_BYTES) controller.error(new UnreadableBodyError());
      else controller.enqueue(chunk);
    },
  });
  const limited = new Response(response.body.pipeThrough(limit), {
    status: response.status,
    headers: response.headers,
  });
  return limited.status === 400 || limited.status === 422 ? withReadableFault(limited) : limited;
}

const MAX_FAULT_CHARS = 2_000;

/** Some servers say what they refuse in `detail` or `message`, where the SDK does not look. */
async function withReadableFault(response: Response): Promise<Response> {
  const text = await response.text();
  const { status, headers } = response;
  const isUsual = /^\s*\{\s*"error"\s*:/.test(text);
  const body = isUsual ? text : JSON.stringify({ error: { message: text.slice(0, MAX_FAULT_CHARS) } });
  return new Response(body, { status, headers: withoutLength(headers) });
}

function withoutLength(headers: Headers): Headers {
  const kept = new Headers(headers);
  for (const name of ['content-length', 'content-encoding']) kept.delete(name);
  kept.set('content-type', 'application/json');
  return kept;
}

/**
 * Ends a request after its time whatever it waits for: a server may keep a connection alive with blank lines for
 * ever.
 */
export async function withDeadline<T>(
  run: (signal: AbortSignal) => Promise<T>,
  timeoutMs: number,
  name: string,
  outer: AbortSignal | undefined,
): Promise<T> {
  outer?.throwIfAborted();
  const controller = new AbortController();
  const ended = Promise.withResolvers<never>();
  const stop = (reason: unknown) => {
    controller.abort(reason);
    ended.reject(reason);
  };
  const onAbort = () => stop(outer?.reason);
  const timer = setTimeout(() => stop(new ModelTimeoutError(`${name}: no answer within ${timeoutMs} ms`)), timeoutMs);
  outer?.addEventListener('abort', onAbort, { once: true });
  try {
    return await Promise.race([run(controller.signal), ended.promise]);
  } finally {
    clearTimeout(timer);
    outer?.removeEventListener('abort', onAbort);
  }
}
