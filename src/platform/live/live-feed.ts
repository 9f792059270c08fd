import type { Database } from '../database/client.ts';
import { LiveReader } from './live-reader.ts';
import type { LiveRow } from './live-store.ts';

type Listener = (row: LiveRow) => void;

interface FeedDeps {
  db: Database;
  databaseUrl: string;
  /** Somebody may have lost the right to listen. */
  onAccess: () => void;
  onError: (error: unknown) => void;
}

/**
 * Reads the feed once for all connections of this process, and tells each what its business may hear. While nobody
 * listens, nothing is read and nobody has to be woken: every message of a customer changes several rows.
 */
export class LiveFeed {
  #deps: FeedDeps;
  #listeners = new Map<string, Set<Listener>>();
  #reader: LiveReader | null = null;
  /** Settles when the readers before have let go of the database. */
  #retired: Promise<unknown> = Promise.resolve();

  constructor(deps: FeedDeps) {
    this.#deps = deps;
  }

  /** The highest number told so far; what is above it will be told to whoever listens now. */
  async lastId(): Promise<bigint> {
    return (await this.#reader?.lastId()) ?? 0n;
  }

  /** Returns how to stop listening. */
  listen(businessId: string, listener: Listener): () => void {
    const listeners = this.#listeners.get(businessId) ?? new Set();
    this.#listeners.set(businessId, listeners.add(listener));
    this.#reader ??= new LiveReader({ ...this.#deps, onRow: (row) => this.#tell(row) });
    return () => {
      listeners.delete(listener);
      if (listeners.size === 0 && this.#listeners.get(businessId) === listeners) this.#listeners.delete(businessId);
      if (this.#listeners.size === 0) this.#rest();
    };
  }

  async stop(): Promise<void> {
    this.#listeners.clear();
    this.#rest();
    await this.#retired;
  }

  #tell(row: LiveRow): void {
    for (const listener of this.#listeners.get(row.businessId) ?? []) listener(row);
  }

  #rest(): void {
    const reader = this.#reader;
    this.#reader = null;
    if (reader) this.#retired = Promise.all([this.#retired, reader.stop()]);
  }
}
