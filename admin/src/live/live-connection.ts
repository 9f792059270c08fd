/** Whether the panel hears of changes as they happen. `away`: it does not, and keeps trying. */
export type LiveState = 'connecting' | 'live' | 'away';

/** One change, as the server tells it. Content is never in it: what was changed is read through the API. */
export interface LiveEvent {
  id: string;
  type: string;
  resource: string;
  resourceId: string;
}

/** The part of a WebSocket that is used here. */
export interface LiveSocket {
  close(): void;
  onmessage: ((event: { data: unknown }) => void) | null;
  onclose: (() => void) | null;
}

export interface LiveDeps {
  /** A one-time ticket for the feed. Rejects while the server cannot be reached. */
  getTicket: () => Promise<string>;
  openSocket: (path: string) => LiveSocket;
  onState: (state: LiveState) => void;
  onEvent: (event: LiveEvent) => void;
  /** What happened meanwhile is not known: everything shown must be read anew. */
  onResync: () => void;
  /** From 0 up to 1; spreads the panels that lost the same server. */
  random: () => number;
}

export interface LiveConnection {
  /** Tries at once instead of waiting for its time; does nothing while connected. */
  wake(): void;
  stop(): void;
}

const FIRST_DELAY_MS = 500;
const MAX_DELAY_MS = 15_000;
/** The server sends something at least this often; a silence this long is a connection that died without a word. */
const SILENCE_MS = 70_000;

/** How long to wait before the next attempt: twice as long each time, half of it by chance. */
export function reconnectDelayMs(failures: number, random: number): number {
  const full = Math.min(FIRST_DELAY_MS * 2 ** Math.max(0, failures - 1), MAX_DELAY_MS);
  return Math.round(full / 2 + (full / 2) * random);
}

/**
 * Keeps one connection to the live feed and says what comes over it. After a break it goes on behind the last event it
 * saw, so that none is missed. Never throws: what goes wrong ends in another attempt.
 */
export function openLiveConnection(deps: LiveDeps): LiveConnection {
  let lastId: string | null = null;
  let failures = 0;
  let socket: LiveSocket | null = null;
  let timer: ReturnType<typeof setTimeout> | null = null;
  let isStopped = false;
  let isOpening = false;

  function schedule(run: () => void, delayMs: number): void {
    if (timer) clearTimeout(timer);
    timer = setTimeout(run, delayMs);
  }

  function lose(): void {
    socket = null;
    if (isStopped) return;
    failures += 1;
    deps.onState('away');
    schedule(() => void connect(), reconnectDelayMs(failures, deps.random()));
  }

  /** Drops a connection without waiting for its own word about it, which may take minutes on a dead line. */
  function drop(current: LiveSocket): void {
    current.onclose = null;
    current.onmessage = null;
    current.close();
    if (socket === current) lose();
  }

  function welcome(serverLastId: string): void {
    failures = 0;
    // The screens read before the feed began; what changed in between must not be missed.
    if (lastId === null) {
      lastId = serverLastId;
      deps.onResync();
    }
    deps.onState('live');
  }

  function forget(serverLastId: unknown): void {
    if (serverLastId !== undefined) lastId = String(serverLastId);
    deps.onResync();
  }

  function take(data: unknown): void {
    const message = readMessage(data);
    if (!message) return;
    if (message.type === 'hello') welcome(String(message.lastId ?? '0'));
    else if (message.type === 'resync') forget(message.lastId);
    else if (typeof message.resource === 'string' && message.id !== undefined) {
      const { id, type, resource, resourceId = '' } = message;
      lastId = String(id);
      deps.onEvent({ id: lastId, type: String(type), resource: String(resource), resourceId: String(resourceId) });
    }
  }

  function listen(current: LiveSocket): void {
    const expectWord = () => schedule(() => drop(current), SILENCE_MS);
    expectWord();
    current.onmessage = ({ data }) => {
      expectWord();
      take(data);
    };
    current.onclose = () => {
      if (socket === current) lose();
    };
  }

  async function connect(): Promise<void> {
    if (isStopped || isOpening || socket) return;
    isOpening = true;
    try {
      const ticket = await deps.getTicket();
      if (isStopped) return;
      const after = lastId === null ? '' : `&after=${encodeURIComponent(lastId)}`;
      socket = deps.openSocket(`/ws?ticket=${encodeURIComponent(ticket)}${after}`);
      listen(socket);
    } catch {
      lose();
    } finally {
      isOpening = false;
    }
  }

  deps.onState('connecting');
  void connect();
  return {
    wake: () => void connect(),
    stop() {
      isStopped = true;
      if (timer) clearTimeout(timer);
      const current = socket;
      socket = null;
      current?.close();
    },
  };
}

function readMessage(data: unknown): Record<string, unknown> | null {
  try {
    const parsed: unknown = JSON.parse(String(data));
    return typeof parsed === 'object' && parsed !== null ? (parsed as Record<string, unknown>) : null;
  } catch {
    return null;
  }
}
