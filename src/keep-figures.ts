import { rollUpFigures } from './db/analytics-rollup-store.ts';
import type { Database } from './db/client.ts';

const EVERY_MS = 60_000;
/** For each business, so that one with a long past does not hold up the others. */
const BUDGET_MS = 5000;

/**
 * Adds up figures now and then, so that whoever asks for them has little to wait for. A reader does the same; several
 * processes at once do no harm. Nothing is lost when it does not run.
 */
export function keepFigures(db: Database, onError: (error: unknown) => void): { stop: () => Promise<void> } {
  let running: Promise<void> = Promise.resolve();
  let isBusy = false;
  const run = async (): Promise<void> => {
    for (const { id } of await db.business.findMany({ select: { id: true } })) await rollUpFigures(db, id, BUDGET_MS);
  };
  const timer = setInterval(() => {
    if (isBusy) return;
    isBusy = true;
    running = run()
      .catch(onError)
      .finally(() => {
        isBusy = false;
      });
  }, EVERY_MS);
  timer.unref();
  return {
    stop: async () => {
      clearInterval(timer);
      await running;
    },
  };
}
