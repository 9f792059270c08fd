import type { DestinationStream } from 'pino';
import { v7 as uuidv7 } from 'uuid';
import type { AppLogEntry } from './app-log-store.ts';

/** Lines that wait; more than the database takes are counted and dropped, because a log must never hold up its program. */
const MAX_WAITING = 500;
const MAX_BATCH = 100;
const FLUSH_MS = 2000;
/** A count that rose is written this much later than a new line, so that a flood costs a write now and then. */
const COUNTED_AFTER = 5;
/** After a failure: the database is probably away, and the log line about that is one of those that wait. */
const RETRY_MS = 10_000;
const MAX_FIELDS_CHARACTERS = 8000;
const MAX_MESSAGE_CHARACTERS = 1000;
/** What is said again within this time is one entry with a count: of each kind at most one a minute. */
const WINDOW_MS = 60_000;
/** Kinds that are known at a time; of more than these the oldest is begun anew. */
const MAX_KINDS = 500;

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

export interface AppLogStream extends DestinationStream {
  /** Writes what waits, once, and takes no more. Never rejects. */
  stop(): Promise<void>;
}

export interface AppLogStreamOptions {
  flushMs?: number;
  /** Milliseconds since the epoch. */
  clock?: () => number;
}

/** PostgreSQL takes no NUL, in no text. */
function clean(text: string): string {
  return text.replaceAll('\0', '').replaceAll('\\u0000', '');
}

function readEntry(line: string): AppLogEntry | null {
  try {
    const { level, time, msg, pid, hostname, businessId, repeated, ...fields } = JSON.parse(clean(line)) as Record<
      string,
      unknown
    >;
    const json = JSON.stringify(fields);
    const isShort = json.length <= MAX_FIELDS_CHARACTERS;
    const at = new Date(typeof time === 'string' ? time : Date.now());
    return {
      id: uuidv7(),
      level: String(level),
      message: String(msg ?? '').slice(0, MAX_MESSAGE_CHARACTERS),
      fields: isShort ? (fields as AppLogEntry['fields']) : { cut: json.slice(0, MAX_FIELDS_CHARACTERS) },
      businessId: typeof businessId === 'string' && UUID.test(businessId) ? businessId : null,
      at,
      // Who writes may have left out lines of the same words before this one.
      count: typeof repeated === 'number' && repeated >= 1 ? Math.floor(repeated) : 1,
      lastAt: at,
    };
  } catch {
    // A line that is no JSON is not from our logger.
    return null;
  }
}

/** Lines of one kind say the same of the same fault; where it happened may differ. */
function kindOf({ level, message, businessId, fields }: AppLogEntry): string {
  const { code, type, err, activityType, workflowType } = fields;
  const error = typeof err === 'object' && err !== null ? (err as { code?: unknown; type?: unknown }) : {};
  return JSON.stringify([
    ...[level, message, businessId, code ?? error.code ?? error.type ?? type],
    activityType ?? workflowType,
  ]);
}

function dropped(count: number): AppLogEntry {
  const message = `${count} more lines were not kept here; standard output has them.`;
  const at = new Date();
  return { id: uuidv7(), level: 'warn', message, fields: {}, businessId: null, at, count: 1, lastAt: at };
}

/**
 * A stream of log lines into the database. Writing to it only remembers the line; batches follow every few seconds. What says
 * the same as another of the last minute raises that one's count. Give it the lines of a logger that masks personal data: it
 * stores what it is given.
 */
export function createAppLogStream(
  save: (entries: readonly AppLogEntry[]) => Promise<void>,
  { flushMs = FLUSH_MS, clock = Date.now }: AppLogStreamOptions = {},
): AppLogStream {
  /** New entries, and those whose count rose since they were written. */
  let waiting = new Set<AppLogEntry>();
  const kinds = new Map<string, { entry: AppLogEntry; endsAtMs: number }>();
  let lost = 0;
  let stopped = false;
  let timer: { id: NodeJS.Timeout; atMs: number } | null = null;
  let saving: Promise<void> = Promise.resolve();

  function schedule(afterMs: number): void {
    const atMs = clock() + afterMs;
    if (stopped || (timer && timer.atMs <= atMs)) return;
    if (timer) clearTimeout(timer.id);
    const id = setTimeout(() => {
      timer = null;
      saving = saving.then(flush);
    }, afterMs).unref();
    timer = { id, atMs };
  }

  async function flush(): Promise<void> {
    const batch = [...waiting].slice(0, MAX_BATCH);
    const lostNow = lost;
    if (batch.length === 0 && lostNow === 0) return;
    // One that is counted on while it is being written waits again.
    for (const entry of batch) waiting.delete(entry);
    try {
      await save(lostNow > 0 ? [...batch, dropped(lostNow)] : batch);
      lost -= lostNow;
      if (waiting.size > 0 || lost > 0) schedule(flushMs);
    } catch {
      waiting = new Set([...batch, ...waiting]);
      schedule(Math.max(RETRY_MS, flushMs));
    }
  }

  /** True when the line was counted with one that is known. */
  function count(kind: string, { count: times, at }: AppLogEntry): boolean {
    const known = kinds.get(kind);
    if (!known || known.endsAtMs <= clock()) return false;
    known.entry.count += times;
    known.entry.lastAt = at;
    waiting.add(known.entry);
    schedule(flushMs * COUNTED_AFTER);
    return true;
  }

  function remember(kind: string, entry: AppLogEntry): void {
    kinds.delete(kind);
    kinds.set(kind, { entry, endsAtMs: clock() + WINDOW_MS });
    const [oldest] = kinds.keys();
    if (kinds.size > MAX_KINDS && oldest !== undefined) kinds.delete(oldest);
  }

  return {
    write(line) {
      if (stopped) return;
      const entry = readEntry(line);
      if (!entry) return;
      const kind = kindOf(entry);
      if (count(kind, entry)) return;
      if (waiting.size >= MAX_WAITING) {
        lost += 1;
      } else {
        waiting.add(entry);
        remember(kind, entry);
      }
      schedule(flushMs);
    },
    async stop() {
      stopped = true;
      if (timer) clearTimeout(timer.id);
      await saving;
      await flush();
    },
  };
}
