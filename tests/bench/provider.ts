import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { nowMs } from './statistics.ts';

export interface Provider {
  /** To be used as DIRECTAM_BASE_URL. */
  url: string;
  /** Sends that arrived so far. */
  count(): number;
  /** Of these, those that are not answered yet. */
  underWay(): number;
  /** Answers what is under way, and from now on at once; until `slowDown`. */
  speedUp(): void;
  slowDown(): void;
  /** Resolves with the time (as `nowMs`) of the next send to this customer. */
  nextSendTo(customer: string, timeoutMs?: number): Promise<number>;
  close(): Promise<void>;
}

/**
 * A Directam that accepts every send and notes when its request had come in; it answers at once unless told. Leaner than the
 * one of the tests, because it shares two cores with what is measured.
 */
export async function startProvider({ answersAfterMs = 0 } = {}): Promise<Provider> {
  let count = 0;
  let isSlow = answersAfterMs > 0;
  const pending = new Set<() => void>();
  const waiting = new Map<string, (atMs: number) => void>();
  const server = createServer((request, response) => {
    const atMs = nowMs();
    void readBody(request).then((body) => {
      count += 1;
      const answer = `{"success":true,"message_id":"p-${count}"}`;
      const accept = (): void => {
        pending.delete(accept);
        response.setHeader('content-type', 'application/json');
        response.end(answer);
      };
      pending.add(accept);
      if (isSlow) setTimeout(() => pending.has(accept) && accept(), answersAfterMs).unref();
      else accept();
      const customer = String((JSON.parse(body) as { receiver_id?: unknown }).receiver_id ?? '');
      const arrived = waiting.get(customer);
      waiting.delete(customer);
      arrived?.(atMs);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/webservice`,
    count: () => count,
    underWay: () => pending.size,
    speedUp: () => {
      isSlow = false;
      for (const accept of [...pending]) accept();
    },
    slowDown: () => {
      isSlow = true;
    },
    nextSendTo: (customer, timeoutMs = 60_000) =>
      new Promise((resolve, reject) => {
        const timer = setTimeout(() => reject(new Error(`No reply to ${customer} within ${timeoutMs} ms`)), timeoutMs);
        waiting.set(customer, (atMs) => {
          clearTimeout(timer);
          resolve(atMs);
        });
      }),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

async function readBody(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString('utf8');
}
