import type { Database } from '../../db/client.ts';
import { startLiveListener } from '../../db/live-listener.ts';
import { LATE_MS, type LiveRow, readBounds, readNewEvents, readNumbers } from '../../db/live-store.ts';

/** Rows taken at once. */
const PAGE = 1000;
/** Looked at by the clock too, in case a notice was lost with a connection that died without a word. */
const CHECK_MS = 10_000;
/** Numbers that may still appear; a larger hole (a restored database) is not waited for. */
const MAX_MISSING = 10_000n;

type Listener = (row: LiveRow) => void;

/**
 * Reads the feed once for all connections of this process, and tells each what its business may hear.
 *
 * A transaction that took a number early may commit after one that took a later number. So the reader remembers which
 * numbers are missing below the highest it has seen, asks for exactly these again each time, and forgets them after
 * LATE_MS: what is not there by then was rolled back.
 */
export class LiveFeed {
  #db: Database;
  #onError: (error: unknown) => void;
  #listeners = new Map<string, Set<Listener>>();
  #last: bigint | null = null;
  #missing = new Map<bigint, number>();
  #reading: Promise<void> | null = null;
  #again = false;
  #listener: ReturnType<typeof startLiveListener>;
  #timer: NodeJS.Timeout;

  constructor(deps: { db: Database; databaseUrl: string; onError: (error: unknown) => void }) {
    this.#db = deps.db;
    this.#onError = deps.onError;
    this.#listener = startLiveListener(deps.databaseUrl, { onWake: () => this.wake(), onError: deps.onError });
    this.#timer = setInterval(() => this.wake(), CHECK_MS).unref();
  }

  /** The highest number told so far; what is above it will be told to whoever listens now. */
  async lastId(): Promise<bigint> {
    if (this.#last === null) await this.#begin();
    return this.#last ?? 0n;
  }

  /** Returns how to stop listening. */
  listen(businessId: string, listener: Listener): () => void {
    const listeners = this.#listeners.get(businessId) ?? new Set();
    this.#listeners.set(businessId, listeners.add(listener));
    return () => {
      listeners.delete(listener);
      if (listeners.size === 0 && this.#listeners.get(businessId) === listeners) this.#listeners.delete(businessId);
    };
  }

  /** Reads what is new. One reading at a time; what comes while it runs is read right after it. */
  wake(): void {
    if (this.#reading) {
      this.#again = true;
      return;
    }
    this.#reading = this.#read()
      .catch(this.#onError)
      .finally(() => {
        this.#reading = null;
        if (!this.#again) return;
        this.#again = false;
        this.wake();
      });
  }

  async stop(): Promise<void> {
    clearInterval(this.#timer);
    this.#listeners.clear();
    await this.#listener.stop();
    await this.#reading;
  }

  /** Starts at the end of the feed; what is missing just below it may be on its way. */
  async #begin(): Promise<void> {
    const last = (await readBounds(this.#db))?.last ?? 0n;
    const above = last > MAX_MISSING / 10n ? last - MAX_MISSING / 10n : 0n;
    const numbers = await readNumbers(this.#db, above);
    if (this.#last !== null) return;
    this.#last = above;
    for (const id of numbers) if (id <= last) this.#pass(id);
    this.#last = last;
  }

  async #read(): Promise<void> {
    if (this.#last === null) await this.#begin();
    for (let isMore = true; isMore; ) {
      const rows = await readNewEvents(this.#db, this.#last ?? 0n, [...this.#missing.keys()], PAGE);
      for (const row of rows) {
        this.#pass(row.id);
        for (const listener of this.#listeners.get(row.businessId) ?? []) listener(row);
      }
      isMore = rows.length === PAGE;
    }
    const nowMs = performance.now();
    for (const [id, sinceMs] of this.#missing) if (nowMs - sinceMs > LATE_MS) this.#missing.delete(id);
  }

  /** Takes note of a number, and of those below it that were passed over. */
  #pass(id: bigint): void {
    this.#missing.delete(id);
    const last = this.#last ?? 0n;
    if (id <= last) return;
    const from = id - last > MAX_MISSING ? id - MAX_MISSING : last + 1n;
    for (let passed = from; passed < id; passed += 1n) this.#missing.set(passed, performance.now());
    this.#last = id;
  }
}
