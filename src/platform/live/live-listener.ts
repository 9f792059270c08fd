import pg from 'pg';
import { connectionOptions, LIMITS } from '../database/limits.ts';

const CHANNEL = 'peyk_live';
const ACCESS_CHANNEL = 'peyk_access';
const FIRST_DELAY_MS = 100;
const MAX_DELAY_MS = 5000;

export interface LiveListener {
  stop(): Promise<void>;
}

interface Ears {
  onWake: () => void;
  /** Somebody may have lost the right to listen. */
  onAccess: () => void;
  onError: (error: unknown) => void;
}

/**
 * Keeps one connection that hears of every change, and makes another when it is lost. `onWake` and `onAccess` are also called
 * after each connection, because what was said in between was said to nobody.
 */
export function startLiveListener(databaseUrl: string, { onWake, onAccess, onError }: Ears): LiveListener {
  let isStopped = false;
  let client: pg.Client | null = null;
  let timer: NodeJS.Timeout | null = null;
  let delayMs = FIRST_DELAY_MS;

  const lose = (lost: pg.Client, error?: unknown): void => {
    if (client !== lost) return;
    client = null;
    if (error) onError(error);
    lost.end().catch(() => undefined);
    if (isStopped) return;
    timer = setTimeout(() => void connect(), delayMs);
    delayMs = Math.min(delayMs * 2, MAX_DELAY_MS);
  };

  const connect = async (): Promise<void> => {
    const opened = new pg.Client({
      ...connectionOptions(databaseUrl, LIMITS.panel),
      application_name: 'peyk-live',
    });
    client = opened;
    opened.on('notification', ({ channel }) => (channel === ACCESS_CHANNEL ? onAccess() : onWake()));
    opened.on('error', (error) => lose(opened, error));
    opened.on('end', () => lose(opened));
    try {
      await opened.connect();
      await opened.query(`LISTEN ${CHANNEL}; LISTEN ${ACCESS_CHANNEL}`);
      delayMs = FIRST_DELAY_MS;
      onWake();
      onAccess();
    } catch (error) {
      lose(opened, error);
    }
  };

  void connect();
  return {
    async stop() {
      isStopped = true;
      if (timer) clearTimeout(timer);
      const last = client;
      client = null;
      await last?.end().catch(() => undefined);
    },
  };
}
