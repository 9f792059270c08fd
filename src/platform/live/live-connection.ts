import type { WebSocket } from 'ws';
import type { Database } from '../database/client.ts';
import type { LiveFeed } from './live-feed.ts';
import { type LiveRow, readBacklog } from './live-store.ts';

/** A reader that lets this much pile up is cut off; it resumes, or reads anew. */
const MAX_BUFFERED_BYTES = 1_048_576;
export const SLOW_READER = 4008;
/** A connection ends after this long, so that whoever lost the right to listen does so soon. */
const MAX_AGE_MS = 30 * 60_000;
export const RENEW = 4001;
/** Whoever listens has lost the right to. */
export const ENDED = 4003;

/** One reader: welcomed, told what it missed, then told each change as it happens. */
export class LiveConnection {
  #socket: WebSocket;
  #feed: LiveFeed;
  #db: Database;
  #businessId: string;
  #after: bigint | null;
  /** What happens while the backlog is read; null once the reader is up to date. */
  #held: LiveRow[] | null = [];
  #stopListening: () => void;
  #isAlive = true;
  #isWelcomed = false;
  #endsAtMs = performance.now() + MAX_AGE_MS;

  constructor(deps: { socket: WebSocket; feed: LiveFeed; db: Database; businessId: string; after: bigint | null }) {
    this.#socket = deps.socket;
    this.#feed = deps.feed;
    this.#db = deps.db;
    this.#businessId = deps.businessId;
    this.#after = deps.after;
    // Listening begins before the backlog is read, so that nothing falls between the two.
    this.#stopListening = this.#feed.listen(this.#businessId, (row) => this.#take(row));
    this.#socket.on('pong', () => {
      this.#isAlive = true;
    });
    // What is wrong with a socket ends in its close.
    this.#socket.on('error', () => undefined);
  }

  async start(): Promise<void> {
    const lastId = String(await this.#feed.lastId());
    this.#send({ type: 'hello', lastId });
    this.#isWelcomed = true;
    const backlog = this.#after === null ? [] : await readBacklog(this.#db, this.#businessId, this.#after);
    if (backlog === null) this.#send({ type: 'resync', lastId });
    const told = new Set<bigint>();
    for (const row of backlog ?? []) {
      told.add(row.id);
      this.#tell(row);
    }
    const held = this.#held ?? [];
    this.#held = null;
    for (const row of held) if (!told.has(row.id)) this.#tell(row);
  }

  /** Called from time to time: browsers cannot see pings, so they get a word as well. */
  beat(): void {
    if (!this.#isAlive) {
      this.#socket.terminate();
      return;
    }
    if (performance.now() > this.#endsAtMs) {
      this.close(RENEW, 'ask for a new ticket');
      return;
    }
    this.#isAlive = false;
    this.#socket.ping();
    if (this.#isWelcomed) this.#send({ type: 'heartbeat' });
  }

  close(code: number, reason: string): void {
    this.stop();
    this.#socket.close(code, reason);
  }

  stop(): void {
    this.#stopListening();
  }

  #take(row: LiveRow): void {
    if (this.#held) this.#held.push(row);
    else this.#tell(row);
  }

  #tell({ id, type, resource, resourceId, at }: LiveRow): void {
    this.#send({ id: String(id), type, resource, resourceId, at: at.toISOString() });
  }

  #send(message: object): void {
    if (this.#socket.readyState !== this.#socket.OPEN) return;
    if (this.#socket.bufferedAmount > MAX_BUFFERED_BYTES) {
      this.close(SLOW_READER, 'too slow a reader');
      // A reader that takes nothing would not take the farewell either.
      setTimeout(() => this.#socket.terminate(), 1000).unref();
      return;
    }
    this.#socket.send(JSON.stringify(message));
  }
}
