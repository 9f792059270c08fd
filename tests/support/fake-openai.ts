import { createHash } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { parseArgs } from 'node:util';

/** How the fake answers one request. */
export type FakeBehaviour =
  /** A completion whose content is this value as JSON. */
  | { kind: 'json'; content: unknown }
  /** A completion whose content is this text as it is. */
  | { kind: 'text'; content: string; finishReason?: string }
  | { kind: 'refusal' }
  | { kind: 'status'; status: number; code?: string; message?: string; headers?: Record<string, string> }
  /** This body as it is, with this status. */
  | { kind: 'status_raw'; status: number; body: string }
  /** 200 with an `error` in the body, or in the first choice. */
  | { kind: 'error_in_200'; code: number | string; where?: 'body' | 'choice'; headers?: Record<string, string> }
  /** This body, whatever it is. */
  | { kind: 'raw'; body: string; contentType?: string }
  /** Nothing at all until the caller goes away. */
  | { kind: 'hang' }
  /** Headers at once, then a blank line every few milliseconds for ever. */
  | { kind: 'keep_alive' }
  | { kind: 'reset' }
  /** Headers and half of a body, then the connection breaks. */
  | { kind: 'break_off' }
  /** Waits, then behaves as `then` says (a default reply when absent). */
  | { kind: 'delay'; ms: number; then?: FakeBehaviour };

export interface FakeRequest {
  path: string;
  /** `absent`, or the beginning of the SHA-256 of the header: enough to compare, nothing to steal. */
  authorization: string;
  headers: Record<string, string>;
  body: {
    model?: string;
    messages?: Array<{ role: string; content: string }>;
    response_format?: { type: string; json_schema?: { strict?: boolean } };
    [field: string]: unknown;
  };
  atMs: number;
  /** Set when the caller left before the answer was complete. */
  abandoned: boolean;
}

export interface FakeOpenAi {
  /** Base URL as providers are configured with: `http://127.0.0.1:<port>/v1`. */
  url: string;
  /** Every chat request so far, in order of arrival. */
  requests: FakeRequest[];
  /** The next requests behave so, one each; those after them get the default reply. */
  script(...behaviours: FakeBehaviour[]): void;
  /** Every request without a script behaves so; null brings the default reply back. */
  always(behaviour: FakeBehaviour | null): void;
  close(): Promise<void>;
}

/**
 * A real HTTP server that speaks enough of the chat completions API. By hand: `node tests/support/fake-openai.ts
 * --port 4010`; then `POST /_script` takes a JSON array of behaviours and `GET /_requests` shows what arrived.
 */
export async function startFakeOpenAi({ port = 0 }: { port?: number } = {}): Promise<FakeOpenAi> {
  const requests: FakeRequest[] = [];
  const queue: FakeBehaviour[] = [];
  let standing: FakeBehaviour | null = null;
  const answer = (req: IncomingMessage, text: string, res: ServerResponse): void => {
    if (req.url === '/_requests') {
      sendJson(res, 200, requests);
    } else if (req.url === '/_script') {
      queue.push(...(JSON.parse(text) as FakeBehaviour[]));
      sendJson(res, 200, { queued: queue.length });
    } else if (req.method !== 'POST' || !req.url?.endsWith('/chat/completions')) {
      sendJson(res, 404, { error: { message: 'no such path', code: 'not_found' } });
    } else {
      const request = record(req, text);
      requests.push(request);
      res.on('close', () => {
        request.abandoned = !res.writableFinished;
      });
      behave(queue.shift() ?? standing ?? { kind: 'json', content: echo(request) }, request, res);
    }
  };
  const server = createServer((req, res) => {
    readBody(req)
      .then((text) => answer(req, text, res))
      .catch(() => sendJson(res, 400, { error: { message: 'unreadable request', code: 'invalid_request_error' } }));
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', resolve);
  });
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`,
    requests,
    script: (...behaviours) => queue.push(...behaviours),
    always: (behaviour) => {
      standing = behaviour;
    },
    close: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function record(req: IncomingMessage, text: string): FakeRequest {
  const { authorization, ...headers } = req.headers as Record<string, string>;
  return {
    path: req.url ?? '',
    authorization: authorization ? createHash('sha256').update(authorization).digest('hex').slice(0, 12) : 'absent',
    headers,
    body: JSON.parse(text),
    atMs: Date.now(),
    abandoned: false,
  };
}

/** The default reply: names the customer's last words, in their script. */
function echo({ body }: FakeRequest): unknown {
  const last = body.messages?.findLast((message) => message.role === 'user')?.content ?? '';
  const words = last.slice(-200);
  const text = /\p{Script=Arabic}/u.test(words) ? `پیام شما رسید: «${words}»` : `Your message arrived: "${words}"`;
  return { text, action: 'reply', purchaseIntent: false, intent: 'other' };
}

function behave(behaviour: FakeBehaviour, request: FakeRequest, res: ServerResponse): void {
  switch (behaviour.kind) {
    case 'json':
      sendJson(res, 200, completionOf(request, { content: JSON.stringify(behaviour.content) }));
      return;
    case 'text':
      sendJson(res, 200, completionOf(request, { content: behaviour.content }, behaviour.finishReason));
      return;
    case 'refusal':
      sendJson(res, 200, completionOf(request, { content: null, refusal: 'I cannot help with that.' }));
      return;
    case 'status': {
      const error = {
        message: behaviour.message ?? 'the request failed',
        code: behaviour.code ?? null,
        type: null,
        param: null,
      };
      sendJson(res, behaviour.status, { error }, behaviour.headers);
      return;
    }
    case 'status_raw':
      res.writeHead(behaviour.status, { 'content-type': 'application/json' }).end(behaviour.body);
      return;
    case 'error_in_200': {
      const error = { code: behaviour.code, message: 'the host failed' };
      const body =
        behaviour.where === 'choice'
          ? {
              id: 'gen-1',
              choices: [{ index: 0, error, finish_reason: 'error', message: { role: 'assistant', content: '' } }],
            }
          : { error };
      sendJson(res, 200, body, behaviour.headers);
      return;
    }
    case 'raw':
      res.writeHead(200, { 'content-type': behaviour.contentType ?? 'application/json' });
      res.end(behaviour.body);
      return;
    case 'hang':
      return;
    case 'keep_alive': {
      res.writeHead(200, { 'content-type': 'application/json' });
      const beat = setInterval(() => res.write('\n'), 10);
      res.on('close', () => clearInterval(beat));
      return;
    }
    case 'reset':
      res.socket?.resetAndDestroy();
      return;
    case 'break_off':
      res.writeHead(200, { 'content-type': 'application/json', 'content-length': '500' });
      res.write('{"choices":[{"message":', () => res.socket?.destroy());
      return;
    case 'delay':
      setTimeout(() => behave(behaviour.then ?? { kind: 'json', content: echo(request) }, request, res), behaviour.ms);
      return;
  }
}

function completionOf(request: FakeRequest, message: Record<string, unknown>, finishReason = 'stop'): unknown {
  return {
    id: 'chatcmpl-fake',
    object: 'chat.completion',
    created: 1_700_000_000,
    model: request.body.model,
    choices: [{ index: 0, finish_reason: finishReason, message: { role: 'assistant', ...message } }],
    usage: { prompt_tokens: 100, completion_tokens: 20, total_tokens: 120 },
  };
}

function sendJson(res: ServerResponse, status: number, body: unknown, headers: Record<string, string> = {}): void {
  res.writeHead(status, { 'content-type': 'application/json', ...headers });
  res.end(JSON.stringify(body));
}

async function readBody(req: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of req) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString('utf8');
}

if (import.meta.main) {
  const { values } = parseArgs({ options: { port: { type: 'string', default: '4010' } } });
  const fake = await startFakeOpenAi({ port: Number(values.port) });
  process.stdout.write(`fake model server at ${fake.url}\n`);
}
