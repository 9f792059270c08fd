/**
 * A Directam gateway for tests and for trying things by hand. It is a real HTTP server on loopback:
 *
 *   node tests/support/fake-directam.ts --port 4020 [--behave ok-with-id] [--echo-to http://127.0.0.1:3000/webhook]
 *     [--account 987654] [--secret …]
 *
 * prints one JSON line for each send that it takes.
 */
import { createHmac } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { parseArgs } from 'node:util';

export const BEHAVIOURS = [
  'ok',
  'ok-with-id',
  'success-false',
  'success-missing',
  'not-json',
  'method-not-allowed',
  'invalid-endpoint',
  'unauthorized',
  'not-found',
  'bad-request',
  'rate-limited',
  'server-error',
  'unavailable',
  'busy',
  'redirect',
  'accept-and-drop',
  'drop-before-read',
  'hang',
  'slow',
] as const;
export type DirectamBehaviour = (typeof BEHAVIOURS)[number];

/** One send as it arrived. `drop-before-read` is the only behaviour that records nothing. */
export interface ReceivedSend {
  /** E.g. `/send/text`, without the base path. */
  path: string;
  /** The base path before `/send/…`, with a prefix if there is one. */
  basePath: string;
  receiverId: string;
  text: string | null;
  body: Record<string, unknown>;
  headers: IncomingMessage['headers'];
  query: Record<string, string>;
  receivedAtMs: number;
  behaviour: DirectamBehaviour;
  /** The id that the answer gave, if it gave one. */
  messageId: string | null;
}

/** One behaviour for all, a list (one each; the last stays), or a choice by what arrives. */
export type DirectamScript =
  | DirectamBehaviour
  | readonly DirectamBehaviour[]
  | ((send: { path: string; index: number }) => DirectamBehaviour);

export interface EchoOptions {
  /** Webhook address that is told of each accepted send, as the gateway does. */
  url: string;
  secret?: string | null;
  /** The shop's account id. */
  accountId: string;
  /** `account-sender`: the account is the sender. `customer-sender`: the documented form, the customer is. */
  form?: 'account-sender' | 'customer-sender';
  delayMs?: number;
}

export interface FakeDirectamOptions {
  port?: number;
  behave?: DirectamScript;
  echo?: EchoOptions | null;
  retryAfterSeconds?: number;
  slowMs?: number;
  onReceived?: (send: ReceivedSend) => void;
}

export interface FakeDirectam {
  /** Base address, to be used as DIRECTAM_BASE_URL. */
  url: string;
  received: ReceivedSend[];
  /** Requests begun, those included that were dropped before they were read. */
  requestCount(): number;
  behave(script: DirectamScript): void;
  setEcho(echo: EchoOptions | null): void;
  /** Resolves once that many sends arrived, or one that the predicate accepts; rejects after `timeoutMs` (10 s). */
  waitFor(what: number | ((send: ReceivedSend) => boolean), timeoutMs?: number): Promise<ReceivedSend[]>;
  close(): Promise<void>;
}

/** Hex HMAC-SHA256 of the body; written apart from the product's own, so that one mistake cannot hide the other. */
export function signDirectam(body: string | Buffer, secret: string): string {
  return createHmac('sha256', secret).update(body).digest('hex');
}

/** Posts a webhook as Directam does; signed when a secret is given. A string body is sent as it is. */
export async function sendWebhook(url: string, body: unknown, secret?: string | null): Promise<Response> {
  const raw = typeof body === 'string' ? body : JSON.stringify(body);
  const headers: Record<string, string> = { 'content-type': 'application/json' };
  if (secret) headers['x-webhook-signature'] = signDirectam(raw, secret);
  return await fetch(url, { method: 'POST', headers, body: raw });
}

/** Starts the gateway on a free port (or the given one) of loopback. */
export async function startFakeDirectam(options: FakeDirectamOptions = {}): Promise<FakeDirectam> {
  const state = new GatewayState(options);
  const server = createServer((request, response) => {
    state.handle(request, response).catch((error: unknown) => {
      process.stderr.write(`fake-directam: ${String(error)}\n`);
      response.destroy();
    });
  });
  const sockets = new Set<Socket>();
  server.on('connection', (socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(options.port ?? 0, '127.0.0.1', resolve);
  });
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/webservice`,
    received: state.received,
    requestCount: () => state.requestCount,
    behave: (script) => state.behave(script),
    setEcho: (echo) => {
      state.echo = echo;
    },
    waitFor: (what, timeoutMs = 10_000) => state.waitFor(what, timeoutMs),
    close: async () => {
      state.stop();
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

class GatewayState {
  readonly received: ReceivedSend[] = [];
  requestCount = 0;
  echo: EchoOptions | null;
  private readonly options: FakeDirectamOptions;
  private readonly timers = new Set<NodeJS.Timeout>();
  private readonly waiters = new Set<() => void>();
  private script: DirectamScript;
  private scriptIndex = 0;

  constructor(options: FakeDirectamOptions) {
    this.options = options;
    this.script = options.behave ?? 'ok';
    this.echo = options.echo ?? null;
  }

  behave(script: DirectamScript): void {
    this.script = script;
    this.scriptIndex = 0;
  }

  stop(): void {
    for (const timer of this.timers) clearTimeout(timer);
  }

  async handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    this.requestCount += 1;
    const url = new URL(request.url ?? '/', 'http://gateway');
    const at = url.pathname.lastIndexOf('/send/');
    const path = at < 0 ? url.pathname : url.pathname.slice(at);
    const behaviour = this.nextBehaviour(path);
    if (behaviour === 'drop-before-read') {
      request.socket.destroy();
      return;
    }
    const body = await readJson(request);
    const send: ReceivedSend = {
      path,
      basePath: at < 0 ? '' : url.pathname.slice(0, at),
      receiverId: String(body.receiver_id ?? ''),
      text: typeof body.text === 'string' ? body.text : null,
      body,
      headers: request.headers,
      query: Object.fromEntries(url.searchParams),
      receivedAtMs: Date.now(),
      behaviour,
      messageId: behaviour === 'ok-with-id' ? `dm-${this.received.length + 1}` : null,
    };
    this.received.push(send);
    this.options.onReceived?.(send);
    for (const check of this.waiters) check();
    if (request.method !== 'POST' || at < 0) this.answer('method-not-allowed', send, response);
    else this.answer(behaviour, send, response);
  }

  waitFor(what: number | ((send: ReceivedSend) => boolean), timeoutMs: number): Promise<ReceivedSend[]> {
    const isDone = () => (typeof what === 'number' ? this.received.length >= what : this.received.some(what));
    return new Promise((resolve, reject) => {
      const finish = () => {
        if (!isDone()) return;
        clearTimeout(timer);
        this.waiters.delete(finish);
        resolve([...this.received]);
      };
      const timer = setTimeout(() => {
        this.waiters.delete(finish);
        reject(new Error(`Directam received ${this.received.length} sends in ${timeoutMs} ms, not what was awaited`));
      }, timeoutMs);
      this.waiters.add(finish);
      finish();
    });
  }

  private nextBehaviour(path: string): DirectamBehaviour {
    const index = this.scriptIndex;
    this.scriptIndex += 1;
    if (typeof this.script === 'function') return this.script({ path, index });
    if (typeof this.script === 'string') return this.script;
    return this.script[Math.min(index, this.script.length - 1)] ?? 'ok';
  }

  private answer(behaviour: DirectamBehaviour, send: ReceivedSend, response: ServerResponse): void {
    const json = (status: number, body: unknown, headers: Record<string, string> = {}) =>
      response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(body));
    const html = (status: number, text: string, headers: Record<string, string> = {}) =>
      response.writeHead(status, { 'content-type': 'text/html', ...headers }).end(`<html>${text}</html>`);
    const accept = () => {
      json(200, { success: true, ...(send.messageId ? { message_id: send.messageId } : {}) });
      this.echoLater(send);
    };
    const retryAfter = { 'retry-after': String(this.options.retryAfterSeconds ?? 2) };
    const answers: Record<DirectamBehaviour, () => void> = {
      ok: accept,
      'ok-with-id': accept,
      'success-false': () => json(200, { success: false, message: `Refused: ${send.text ?? ''}` }),
      'success-missing': () => json(200, { status: 'queued' }),
      'not-json': () => html(200, 'Welcome'),
      'method-not-allowed': () => html(405, '405 Not Allowed'),
      'invalid-endpoint': () => json(400, { success: false, message: 'Request from invalid endpoint' }),
      unauthorized: () => json(401, { success: false, message: 'Invalid api token' }),
      'not-found': () => html(404, 'Not Found'),
      'bad-request': () => json(422, { success: false, message: 'receiver_id is invalid' }),
      'rate-limited': () => json(429, { success: false, message: 'Too many requests' }, retryAfter),
      'server-error': () => html(500, 'Internal error'),
      unavailable: () => html(503, 'Bad gateway'),
      busy: () => html(503, 'Maintenance', retryAfter),
      redirect: () => html(301, 'Moved', { location: '/elsewhere' }),
      'accept-and-drop': () => response.destroy(),
      'drop-before-read': () => response.destroy(),
      hang: () => {},
      slow: () => this.later(this.options.slowMs ?? 1000, accept),
    };
    answers[behaviour]();
  }

  private echoLater(send: ReceivedSend): void {
    const { echo } = this;
    if (!echo) return;
    this.later(echo.delayMs ?? 5, () => {
      sendWebhook(echo.url, buildEcho(send, echo), echo.secret).catch((error: unknown) => {
        process.stderr.write(`fake-directam: echo failed: ${String(error)}\n`);
      });
    });
  }

  private later(delayMs: number, run: () => void): void {
    const timer = setTimeout(() => {
      this.timers.delete(timer);
      run();
    }, delayMs);
    this.timers.add(timer);
  }
}

/** The admin webhook that Directam sends for a message of the shop's own. */
function buildEcho(send: ReceivedSend, echo: EchoOptions): Record<string, unknown> {
  const isCustomerSender = echo.form === 'customer-sender';
  const { body } = send;
  const mediaUrl = body.image_url ?? body.video_url ?? body.audio_url;
  const mediaType = send.path === '/send/photo' ? 'image' : send.path.replace('/send/', '');
  return {
    sender: isCustomerSender ? send.receiverId : echo.accountId,
    receiver: isCustomerSender ? echo.accountId : send.receiverId,
    message_type: mediaUrl ? mediaType : 'text',
    text: send.text ?? (mediaUrl ? null : titlesOf(body.elements)),
    ...(mediaUrl ? { media: { url: mediaUrl, type: mediaType } } : {}),
    is_admin: true,
    timestamp: Math.floor(send.receivedAtMs / 1000),
    ...(send.messageId ? { message_id: send.messageId } : {}),
  };
}

function titlesOf(elements: unknown): string | null {
  if (!Array.isArray(elements)) return null;
  return elements.map((element: { title?: string }) => element.title ?? '').join('\n');
}

async function readJson(request: IncomingMessage): Promise<Record<string, unknown>> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  try {
    const body: unknown = JSON.parse(Buffer.concat(chunks).toString('utf8'));
    return typeof body === 'object' && body !== null ? (body as Record<string, unknown>) : {};
  } catch {
    return {};
  }
}

async function runByHand(): Promise<void> {
  const { values } = parseArgs({
    options: {
      port: { type: 'string', default: '4020' },
      behave: { type: 'string', default: 'ok' },
      'echo-to': { type: 'string' },
      account: { type: 'string', default: '987654' },
      secret: { type: 'string' },
    },
  });
  const behave = values.behave as DirectamBehaviour;
  if (!BEHAVIOURS.includes(behave)) throw new Error(`--behave must be one of ${BEHAVIOURS.join(', ')}`);
  const gateway = await startFakeDirectam({
    port: Number(values.port),
    behave,
    echo: values['echo-to']
      ? { url: values['echo-to'], accountId: values.account, secret: values.secret ?? null }
      : null,
    onReceived: ({ path, receiverId, body }) => {
      const { api_token: _key, ...shown } = body;
      process.stdout.write(`${JSON.stringify({ path, receiverId, body: shown })}\n`);
    },
  });
  process.stdout.write(`Directam stands at ${gateway.url} (${behave}); Ctrl-C ends it\n`);
  process.once('SIGINT', () => void gateway.close());
  process.once('SIGTERM', () => void gateway.close());
}

if (import.meta.main) await runByHand();
