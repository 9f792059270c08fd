import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What the next requests are answered: `ok`, or a status with a code of Twilio's; `drop` takes it and breaks off. */
export type TwilioBehaviour = 'ok' | 'drop' | { status: number; code: number; retryAfter?: number };

/** The token of every account that it knows. */
export const TWILIO_TOKEN = 'tests-only-auth-token';

export interface ReceivedSms {
  sid: string;
  to: string;
  from: string;
  body: string;
  statusCallback: string | null;
  path: string;
  authorization: string | undefined;
}

/** Twilio's messages over HTTP: it keeps what was sent to it and answers as told. */
export interface FakeTwilio {
  url: string;
  received: ReceivedSms[];
  /** Of the next requests, one after the other; the last stays. */
  behave(...next: TwilioBehaviour[]): void;
  close(): Promise<void>;
}

export async function startFakeTwilio(): Promise<FakeTwilio> {
  const received: ReceivedSms[] = [];
  let plan: TwilioBehaviour[] = ['ok'];
  const server = createServer((request, response) => {
    if (request.method === 'GET') {
      const [, given = ''] = (request.headers.authorization ?? '').split(' ');
      const isKnown = Buffer.from(given, 'base64').toString().endsWith(`:${TWILIO_TOKEN}`);
      return response.writeHead(isKnown ? 200 : 401, { 'content-type': 'application/json' }).end('{}');
    }
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const form = new URLSearchParams(Buffer.concat(chunks).toString());
      const sid = `SM${String(received.length + 1).padStart(32, '0')}`;
      const now = (plan.length > 1 ? plan.shift() : plan[0]) ?? 'ok';
      if (typeof now === 'object') {
        const wait = now.retryAfter ? { 'retry-after': String(now.retryAfter) } : {};
        response.writeHead(now.status, { 'content-type': 'application/json', ...wait });
        return response.end(JSON.stringify({ code: now.code, message: 'refused' }));
      }
      received.push({
        sid,
        to: form.get('To') ?? '',
        from: form.get('From') ?? form.get('MessagingServiceSid') ?? '',
        body: form.get('Body') ?? '',
        statusCallback: form.get('StatusCallback'),
        path: request.url ?? '',
        authorization: request.headers.authorization,
      });
      if (now === 'drop') return request.socket.destroy();
      response.writeHead(201, { 'content-type': 'application/json' });
      return response.end(JSON.stringify({ sid, status: 'queued' }));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    received,
    behave: (...next) => {
      plan = next;
    },
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}
