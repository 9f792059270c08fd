import { createHmac, randomBytes } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { CustomerMessage, MockGraph } from '../../mock-graph.ts';

/**
 * A Graph API of our own over HTTP: it checks tokens and windows as Meta does, gives message ids, delivers what customers write and
 * echoes of what was sent, and fails in the ways that Meta fails. For tests, and for trying things out without an account at Meta.
 */
export interface GraphServer extends MockGraph {
  /** Serves `/{version}/{node}/…`, whatever stands before it. */
  handle(request: IncomingMessage, response: ServerResponse): void;
  /** What was taken, the oldest first. */
  sends: GraphSend[];
  requestCount(): number;
  /** How the sends that follow go: one for all, or one each, the last of which stays. */
  behave(...moods: GraphMood[]): void;
  /** From now on every call with this token is refused, as after a change of password. */
  revoke(token: string): void;
  /** Where webhooks are posted from now on, and what signs them; null: nowhere. */
  deliverTo(webhook: GraphWebhook | null): void;
  /** Posts any body, signed. */
  deliver(body: unknown): Promise<number>;
  /** Resolves when every webhook that was begun has been answered. */
  settled(): Promise<void>;
}

export type GraphMood =
  | { kind: 'ok' }
  /** Nothing is processed, and Graph's error says why. */
  | {
      kind: 'error';
      status?: number;
      code: number;
      subcode?: number;
      isTransient?: boolean;
      headers?: Record<string, string>;
    }
  /** An answer that is none of Graph's. */
  | { kind: 'page'; status: number; headers?: Record<string, string> }
  /** The message is taken, and the connection breaks before the answer. */
  | { kind: 'accept-and-drop' }
  | { kind: 'hang' };

export interface GraphSend {
  /** Path behind the version, without the slash. */
  node: string;
  version: string;
  token: string;
  body: Record<string, unknown>;
  recipient: string;
  /** As far as it has one. */
  text: string | null;
  /** Null where nothing was taken. */
  messageId: string | null;
}

export interface GraphWebhook {
  url: string;
  secret: string;
}

export interface GraphServerOptions {
  /** Whether sends are repeated to the webhook as Meta does. */
  echoes?: boolean;
  /** Customers can be written to for this long after their last message; null: for ever. */
  windowMs?: number | null;
  /** Tokens that are taken; absent: any. */
  tokens?: readonly string[];
  clock?: () => number;
}

const MAX_SENDS = 10_000;
const WINDOW_CLOSED = { code: 10, subcode: 2534022 } as const;
const NO_TOKEN = { code: 190, subcode: 460 } as const;

export function createGraphServer(options: GraphServerOptions = {}): GraphServer {
  const { echoes = true, windowMs = null, clock = Date.now } = options;
  let webhook: GraphWebhook | null = null;
  const sends: GraphSend[] = [];
  const revoked = new Set<string>();
  const lastWords = new Map<string, number>();
  /** By the node that sends, the account that webhooks name. */
  const accountOfCustomer = new Map<string, { account: string; product: CustomerMessage['product'] }>();
  const underWay = new Set<Promise<unknown>>();
  let moods: GraphMood[] = [{ kind: 'ok' }];
  let requests = 0;

  const nextMood = (): GraphMood => (moods.length > 1 ? moods.shift() : moods[0]) ?? { kind: 'ok' };
  const newId = (): string => `m_${randomBytes(18).toString('base64url')}`;

  async function deliver(body: unknown): Promise<number> {
    if (!webhook) return 0;
    const raw = JSON.stringify(body);
    const signature = createHmac('sha256', webhook.secret).update(raw).digest('hex');
    const headers = { 'content-type': 'application/json', 'x-hub-signature-256': `sha256=${signature}` };
    const posting = fetch(webhook.url, { method: 'POST', headers, body: raw }).then(({ status }) => status);
    underWay.add(posting);
    return posting.finally(() => underWay.delete(posting));
  }

  function envelope(product: CustomerMessage['product'], account: string, item: Record<string, unknown>) {
    const time = clock();
    return {
      object: product === 'instagram' ? 'instagram' : 'page',
      entry: [{ id: account, time, messaging: [{ timestamp: time, ...item }] }],
    };
  }

  async function write(message: CustomerMessage): Promise<string> {
    const { product, account, customer, text, times = 1, atMs = clock() } = message;
    const mid = newId();
    accountOfCustomer.set(customer, { account, product });
    lastWords.set(customer, atMs);
    const body = envelope(product, account, {
      sender: { id: customer },
      recipient: { id: account },
      timestamp: atMs,
      message: { mid, ...(text === undefined ? {} : { text }), ...message.message },
    });
    for (let time = 0; time < times; time++) {
      const status = await deliver(body);
      if (webhook && status !== 200) throw new Error(`The webhook was answered ${status}.`);
    }
    return mid;
  }

  function echo(send: GraphSend): void {
    const known = accountOfCustomer.get(send.recipient);
    if (!echoes || !known) return;
    const message = { mid: send.messageId, is_echo: true, ...toEcho(send.body.message) };
    const parties = { sender: { id: known.account }, recipient: { id: send.recipient } };
    deliver(envelope(known.product, known.account, { ...parties, message })).catch(() => undefined);
  }

  /** The error that stands in the way of a send, if any. */
  function obstacleOf(send: GraphSend): { code: number; subcode: number } | null {
    const isKnown = options.tokens?.includes(send.token) ?? send.token !== '';
    if (!isKnown || revoked.has(send.token)) return NO_TOKEN;
    const last = lastWords.get(send.recipient);
    const isLate = windowMs !== null && last !== undefined && clock() - last > windowMs;
    return isLate && send.body.tag !== 'HUMAN_AGENT' ? WINDOW_CLOSED : null;
  }

  function take(send: GraphSend): void {
    send.messageId = newId();
    if (sends.length >= MAX_SENDS) sends.shift();
    sends.push(send);
    echo(send);
  }

  function answerSend(send: GraphSend, response: ServerResponse): void {
    const obstacle = obstacleOf(send);
    const mood: GraphMood = obstacle ? { kind: 'error', ...obstacle } : nextMood();
    if (mood.kind === 'error') answerError(response, mood.status ?? 400, mood, mood.headers);
    else if (mood.kind === 'page')
      response.writeHead(mood.status, { 'content-type': 'text/html', ...mood.headers }).end('<html>Graph</html>');
    else if (mood.kind !== 'hang') {
      take(send);
      if (mood.kind === 'accept-and-drop') response.destroy();
      else answerJson(response, 200, { recipient_id: send.recipient, message_id: send.messageId });
    }
  }

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    requests += 1;
    const url = new URL(request.url ?? '/', 'http://graph');
    const [, version, node, edge] = /\/(v\d+\.\d+)\/([^/]+)(?:\/(\w+))?$/.exec(url.pathname) ?? [];
    const body = await readJson(request);
    if (!version || !node) return answerError(response, 404, { code: 2500, subcode: 0 });
    const token =
      /^Bearer (.+)$/.exec(request.headers.authorization ?? '')?.[1] ?? url.searchParams.get('access_token');
    const send = toSend(version, decodeURIComponent(node), token ?? '', body);
    if (request.method === 'POST' && edge === 'messages') return answerSend(send, response);
    const isRefused = obstacleOf({ ...send, recipient: '' });
    if (isRefused) return answerError(response, 400, isRefused);
    answerJson(response, 200, {
      id: send.node,
      user_id: send.node,
      username: `mock_${send.node}`,
      name: 'Mock account',
    });
  }

  return {
    sends,
    write,
    deliver,
    deliverTo: (given) => {
      webhook = given;
    },
    requestCount: () => requests,
    behave: (...given) => {
      moods = [...given];
    },
    revoke: (token) => void revoked.add(token),
    handle: (request, response) => void answer(request, response).catch(() => response.destroy()),
    settled: async () => {
      while (underWay.size > 0) await Promise.allSettled([...underWay]);
    },
  };
}

function toSend(version: string, node: string, token: string, body: Record<string, unknown>): GraphSend {
  const { recipient, message } = body as { recipient?: { id?: unknown }; message?: { text?: unknown } };
  const text = typeof message?.text === 'string' ? message.text : null;
  return { version, node, token, body, recipient: String(recipient?.id ?? ''), text, messageId: null };
}

/** The words of a template: of its text, or of its first card. */
function toLines(payload: unknown): string {
  const { text, elements = [] } = (payload ?? {}) as {
    text?: string;
    elements?: { title?: string; subtitle?: string }[];
  };
  return text ?? [elements[0]?.title, elements[0]?.subtitle].filter(Boolean).join('\n');
}

/** Quick replies are not part of an echo, and templates come as their words. */
function toEcho(message: unknown): Record<string, unknown> {
  const { text, attachment } = (message ?? {}) as { text?: string; attachment?: { type: string; payload?: object } };
  if (text !== undefined) return { text };
  const words = toLines(attachment?.payload);
  return attachment?.type === 'template' && words !== ''
    ? { text: words }
    : { attachments: attachment ? [attachment] : [] };
}

function answerError(
  response: ServerResponse,
  status: number,
  { code, subcode, isTransient }: { code: number; subcode?: number; isTransient?: boolean },
  headers: Record<string, string> = {},
): void {
  const details = { ...(subcode ? { error_subcode: subcode } : {}), ...(isTransient ? { is_transient: true } : {}) };
  const error = { message: '(#0) An error of the mock', type: 'OAuthException', code, ...details, fbtrace_id: 'mock' };
  answerJson(response, status, { error }, headers);
}

function answerJson(
  response: ServerResponse,
  status: number,
  body: unknown,
  headers: Record<string, string> = {},
): void {
  response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(body));
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
