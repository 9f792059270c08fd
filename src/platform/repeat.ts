export interface Repetition {
  /** Ends what is under way and begins no more. */
  stop(): Promise<void>;
}

/**
 * Does `work` every so many milliseconds, never twice at once: one that lasts longer skips the times in between. A failure is told
 * and ends nothing. It keeps no process alive.
 */
export function repeat(work: () => Promise<void>, everyMs: number, onError: (error: unknown) => void): Repetition {
  let running: Promise<void> | null = null;
  const timer = setInterval(() => {
    running ??= work()
      .catch(onError)
      .finally(() => {
        running = null;
      });
  }, everyMs);
  timer.unref();
  return {
    stop: async () => {
      clearInterval(timer);
      await running;
    },
  };
}
