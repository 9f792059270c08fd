import { setTimeout as sleep } from 'node:timers/promises';
import type { Database } from '../database/client.ts';
import { startLiveListener } from './live-listener.ts';
import { LATE_MS, type LiveRow, readBounds, readNewEvents, readNumbers } from './live-store.ts';

/** Rows taken at once. */
const PAGE = 1000;
/** Looked at by the clock too, in case a notice was lost with a connection that died without a word. */
const CHECK_MS = 10_000;
/** After a reading: what happens meanwhile is read together. The first change after a pause is told at once. */
const PAUSE_MS = 50;
/** Numbers that may still appear; a larger hole (a restored database) is not waited for. */
const MAX_MISSING = 10_000n;

/**
 * Reads the feed from its end on, until it is stopped.
 *
 * A transaction that took a number early may commit after one that took a later number. So the reader remembers which
 * numbers are missing below the highest it has seen, asks for exactly these again each time, and forgets them after
 * LATE_MS: what is not there by then was rolled back.
 */
export class LiveReader {
  #db: Database;
  #onError: (error: unknown) => void;
  #onRow: (row: LiveRow) => void;
  #last: bigint | null = null;
  #missing = new Map<bigint, number>();
  #reading: Promise<void> | null = null;
  #again = false;
  #isStopped = false;
  #listener: ReturnType<typeof startLiveListener>;
  #timer: NodeJS.Timeout;

  constructor(deps: {
    db: Database;
    databaseUrl: string;
    onError: (error: unknown) => void;
    onRow: (row: LiveRow) => void;
    onAccess: () => void;
  }) {
    this.#db = deps.db;
    this.#onError = deps.onError;
    this.#onRow = deps.onRow;
    this.#listener = startLiveListener(deps.databaseUrl, {
      onWake: () => this.wake(),
      onAccess: deps.onAccess,
      onError: deps.onError,
    });
    this.#timer = setInterval(() => this.wake(), CHECK_MS).unref();
  }

  /** The highest number told so far; what is above it will be told. */
  async lastId(): Promise<bigint> {
    if (this.#last === null) await this.#begin();
    return this.#last ?? 0n;
  }

  /** Reads what is new. One reading at a time; what comes while it runs is read soon after it. */
  wake(): void {
    this.#again = true;
    if (!this.#isStopped) this.#reading ??= this.#readWhileWoken();
  }

  /** Resolves when nothing of it asks the database any more. */
  async stop(): Promise<void> {
    this.#isStopped = true;
    clearInterval(this.#timer);
    await this.#listener.stop();
    await this.#reading;
  }

  async #readWhileWoken(): Promise<void> {
    while (this.#again && !this.#isStopped) {
      this.#again = false;
      await this.#read().catch(this.#onError);
      await sleep(PAUSE_MS);
    }
    this.#reading = null;
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
        this.#onRow(row);
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
