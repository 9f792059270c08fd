import { connect, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Latency, latencyOf, round } from './statistics.ts';

/**
 * A lean HTTP/1.1 load generator: prepared requests over a few kept-alive connections, one request under way on each. On
 * two cores the generator must cost little, or it measures itself; node:http and autocannon take several times the CPU.
 */
export interface LoadResult {
  /** Answers with status 200 in a second. */
  perSecond: number;
  failures: number;
  latency: Latency;
}

export interface LoadOptions {
  port: number;
  connections: number;
  durationMs: number;
  /** Next request as bytes; called once for each. */
  next: () => Buffer;
  /**
   * Requests in a second, whatever the answers do: one that finds every connection busy waits for one, and its time counts
   * from when it began to wait. Absent: as many as the connections carry.
   */
  ratePerSecond?: number;
}

/** Runs the load and resolves with what came of it. Rejects when a connection breaks. */
export async function runLoad(options: LoadOptions): Promise<LoadResult> {
  const lines = await Promise.all(Array.from({ length: options.connections }, () => openLine(options.port)));
  const tally: Tally = { timesMs: [], failures: 0 };
  const startedAt = performance.now();
  const endsAt = startedAt + options.durationMs;
  if (options.ratePerSecond === undefined)
    await Promise.all(lines.map((line) => saturate(line, options, endsAt, tally)));
  else await keepRate(lines, options, options.ratePerSecond, startedAt, tally);
  const tookMs = performance.now() - startedAt;
  for (const line of lines) line.close();
  return {
    perSecond: round(((tally.timesMs.length - tally.failures) / tookMs) * 1000, 0),
    failures: tally.failures,
    latency: latencyOf(tally.timesMs),
  };
}

/** A request as bytes on the wire. */
export function requestBytes(path: string, body: string, headers: Record<string, string>): Buffer {
  const bytes = Buffer.from(body);
  const lines = Object.entries({ host: '127.0.0.1', 'content-length': String(bytes.length), ...headers });
  const head = `POST ${path} HTTP/1.1\r\n${lines.map(([name, value]) => `${name}: ${value}\r\n`).join('')}\r\n`;
  return Buffer.concat([Buffer.from(head), bytes]);
}

interface Tally {
  timesMs: number[];
  failures: number;
}

interface Line {
  /** Sends and resolves with the answer's status. */
  ask(request: Buffer): Promise<number>;
  close(): void;
}

async function saturate(line: Line, { next }: LoadOptions, endsAt: number, tally: Tally): Promise<void> {
  while (performance.now() < endsAt) {
    const sentAt = performance.now();
    note(tally, await line.ask(next()), sentAt);
  }
}

async function keepRate(
  lines: Line[],
  { next, durationMs }: LoadOptions,
  ratePerSecond: number,
  startedAt: number,
  tally: Tally,
): Promise<void> {
  const idle = [...lines];
  const late: number[] = [];
  const underWay = new Set<Promise<void>>();
  const begin = (line: Line, sinceMs: number): void => {
    const task: Promise<void> = line.ask(next()).then((status) => {
      note(tally, status, sinceMs);
      underWay.delete(task);
      const waitingSince = late.shift();
      if (waitingSince === undefined) idle.push(line);
      else begin(line, waitingSince);
    });
    underWay.add(task);
  };
  const total = Math.floor((durationMs / 1000) * ratePerSecond);
  for (let sent = 0; sent < total; ) {
    const dueCount = Math.min(total, Math.floor(((performance.now() - startedAt) / 1000) * ratePerSecond) + 1);
    for (; sent < dueCount; sent += 1) {
      const line = idle.pop();
      if (line) begin(line, performance.now());
      else late.push(performance.now());
    }
    await sleep(1);
  }
  while (underWay.size > 0) await Promise.all(underWay);
}

function note(tally: Tally, status: number, sinceMs: number): void {
  tally.timesMs.push(performance.now() - sinceMs);
  if (status !== 200) tally.failures += 1;
}

/** A server closes a connection on which nothing was asked for some seconds: the next request opens another. */
async function openLine(port: number): Promise<Line> {
  let answered: ((status: number) => void) | null = null;
  let failed: ((error: Error) => void) | null = null;
  const open = async (): Promise<Socket> => {
    const socket = await new Promise<Socket>((resolve, reject) => {
      const opening = connect({ port, host: '127.0.0.1', noDelay: true }, () => resolve(opening));
      opening.once('error', reject);
    });
    let received = '';
    socket.setEncoding('latin1');
    socket.on('data', (chunk: string) => {
      received += chunk;
      const status = readAnswer(received);
      if (status === null) return;
      received = '';
      failed = null;
      answered?.(status);
    });
    socket.on('error', (error) => failed?.(error));
    socket.on('close', () => failed?.(new Error('The server closed a connection.')));
    return socket;
  };
  let socket = await open();
  return {
    ask: async (request) => {
      if (socket.destroyed || !socket.writable) socket = await open();
      return new Promise((resolve, reject) => {
        answered = resolve;
        failed = reject;
        socket.write(request);
      });
    },
    close: () => {
      failed = null;
      socket.destroy();
    },
  };
}

/** The status, once the answer is whole. Only answers with a stated length, or none at all, are understood. */
function readAnswer(received: string): number | null {
  const headEnd = received.indexOf('\r\n\r\n');
  if (headEnd < 0) return null;
  const length = /\r\ncontent-length: *(\d+)/i.exec(received.slice(0, headEnd));
  if (received.length < headEnd + 4 + Number(length?.[1] ?? 0)) return null;
  return Number(received.slice(9, 12));
}
