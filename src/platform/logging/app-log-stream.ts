import type { DestinationStream } from 'pino';
import type { AppLogEntry } from './app-log-store.ts';

/** Lines that wait; more than the database takes are counted and dropped, because a log must never hold up its program. */
const MAX_WAITING = 500;
const MAX_BATCH = 100;
const FLUSH_MS = 2000;
/** After a failure: the database is probably away, and the log line about that is one of those that wait. */
const RETRY_MS = 10_000;
const MAX_FIELDS_CHARACTERS = 8000;
const MAX_MESSAGE_CHARACTERS = 1000;

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

export interface AppLogStream extends DestinationStream {
  /** Writes what waits, once, and takes no more. Never rejects. */
  stop(): Promise<void>;
}

/** PostgreSQL takes no NUL, in no text. */
function clean(text: string): string {
  return text.replaceAll('\0', '').replaceAll('\\u0000', '');
}

function readEntry(line: string): AppLogEntry | null {
  try {
    const { level, time, msg, pid, hostname, businessId, ...fields } = JSON.parse(clean(line)) as Record<
      string,
      unknown
    >;
    const json = JSON.stringify(fields);
    const isShort = json.length <= MAX_FIELDS_CHARACTERS;
    return {
      level: String(level),
      message: String(msg ?? '').slice(0, MAX_MESSAGE_CHARACTERS),
      fields: isShort ? (fields as AppLogEntry['fields']) : { cut: json.slice(0, MAX_FIELDS_CHARACTERS) },
      businessId: typeof businessId === 'string' && UUID.test(businessId) ? businessId : null,
      at: new Date(typeof time === 'string' ? time : Date.now()),
    };
  } catch {
    // A line that is no JSON is not from our logger.
    return null;
  }
}

function dropped(count: number): AppLogEntry {
  const message = `${count} more lines were not kept here; standard output has them.`;
  return { level: 'warn', message, fields: {}, businessId: null, at: new Date() };
}

/**
 * A stream of log lines into the database. Writing to it only remembers the line; batches follow every few seconds.
 * Give it the lines of a logger that masks personal data: it stores what it is given.
 */
export function createAppLogStream(
  save: (entries: readonly AppLogEntry[]) => Promise<void>,
  flushMs = FLUSH_MS,
): AppLogStream {
  let waiting: AppLogEntry[] = [];
  let lost = 0;
  let stopped = false;
  let timer: NodeJS.Timeout | null = null;
  let saving: Promise<void> = Promise.resolve();

  function schedule(afterMs: number): void {
    if (timer || stopped) return;
    timer = setTimeout(() => {
      timer = null;
      saving = flush();
    }, afterMs).unref();
  }

  async function flush(): Promise<void> {
    const batch = waiting.slice(0, MAX_BATCH);
    const lostNow = lost;
    if (batch.length === 0 && lostNow === 0) return;
    try {
      await save(lostNow > 0 ? [...batch, dropped(lostNow)] : batch);
      waiting = waiting.slice(batch.length);
      lost -= lostNow;
      if (waiting.length > 0 || lost > 0) schedule(flushMs);
    } catch {
      schedule(Math.max(RETRY_MS, flushMs));
    }
  }

  return {
    write(line) {
      if (stopped) return;
      const entry = readEntry(line);
      if (!entry) return;
      if (waiting.length >= MAX_WAITING) lost += 1;
      else waiting.push(entry);
      schedule(flushMs);
    },
    async stop() {
      stopped = true;
      if (timer) clearTimeout(timer);
      await saving;
      await flush();
    },
  };
}
