const WINDOW_MS = 60_000;
const MAX_IN_WINDOW = 5;
/** Kinds of line that are counted at a time; more than these are a fault of the key, and the oldest are forgotten. */
const MAX_KEYS = 500;

export interface RepetitionLimit {
  /** False when lines of this kind have been let through often enough in this minute; such a one is counted. */
  allow(key: string): boolean;
  /** Kinds of line whose minute is over and of which some were left out, with how many. Each is told once. */
  takeLeftOut(): { key: string; count: number }[];
}

/** Lets a few lines of each kind through in a minute and counts the rest, so that one fault does not fill a log. */
export function createRepetitionLimit(clock: () => number = Date.now): RepetitionLimit {
  const windows = new Map<string, { startedAtMs: number; seen: number }>();
  const isOver = (startedAtMs: number) => clock() - startedAtMs >= WINDOW_MS;
  const ended: { key: string; count: number }[] = [];

  function close(key: string, seen: number): void {
    windows.delete(key);
    if (seen > MAX_IN_WINDOW) ended.push({ key, count: seen - MAX_IN_WINDOW });
  }

  return {
    allow(key) {
      const found = windows.get(key);
      if (found && isOver(found.startedAtMs)) close(key, found.seen);
      const window = windows.get(key) ?? { startedAtMs: clock(), seen: 0 };
      window.seen += 1;
      windows.set(key, window);
      const [oldest] = windows;
      if (windows.size > MAX_KEYS && oldest) close(oldest[0], oldest[1].seen);
      return window.seen <= MAX_IN_WINDOW;
    },
    takeLeftOut() {
      for (const [key, { startedAtMs, seen }] of [...windows]) if (isOver(startedAtMs)) close(key, seen);
      return ended.splice(0);
    },
  };
}
