const WINDOW_MS = 60_000;
const MAX_IN_WINDOW = 5;
/** Kinds of line that are counted at a time; more than these are a fault of the key, and the oldest are forgotten. */
const MAX_KEYS = 500;

/** What was left out of one kind: how often, and the last of it. */
export interface LeftOut<Line> {
  key: string;
  count: number;
  last: Line;
}

export interface RepetitionLimit<Line = void> {
  /** False when lines of this kind have been let through often enough in this minute; such a one is counted. */
  allow(key: string, line: Line): boolean;
  /** Kinds of line whose minute is over and of which some were left out. Each is told once. */
  takeLeftOut(): LeftOut<Line>[];
}

/** Lets a few lines of each kind through in a minute and counts the rest, so that one fault does not fill a log. */
export function createRepetitionLimit<Line = void>(clock: () => number = Date.now): RepetitionLimit<Line> {
  const windows = new Map<string, { startedAtMs: number; seen: number; last: Line }>();
  const isOver = (startedAtMs: number) => clock() - startedAtMs >= WINDOW_MS;
  const ended: LeftOut<Line>[] = [];

  function close(key: string, seen: number, last: Line): void {
    windows.delete(key);
    if (seen > MAX_IN_WINDOW) ended.push({ key, count: seen - MAX_IN_WINDOW, last });
  }

  return {
    allow(key, line) {
      const found = windows.get(key);
      if (found && isOver(found.startedAtMs)) close(key, found.seen, found.last);
      const window = windows.get(key) ?? { startedAtMs: clock(), seen: 0, last: line };
      window.seen += 1;
      window.last = line;
      windows.set(key, window);
      const [oldest] = windows;
      if (windows.size > MAX_KEYS && oldest) close(oldest[0], oldest[1].seen, oldest[1].last);
      return window.seen <= MAX_IN_WINDOW;
    },
    takeLeftOut() {
      for (const [key, { startedAtMs, seen, last }] of [...windows]) if (isOver(startedAtMs)) close(key, seen, last);
      return ended.splice(0);
    },
  };
}
