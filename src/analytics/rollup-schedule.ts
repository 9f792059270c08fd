import { endLostImports } from '../catalog/sync-run-store.ts';
import type { Database } from '../platform/database/client.ts';
import { type Repetition, repeat } from '../platform/repeat.ts';
import { rollUpFigures } from './rollup-store.ts';

const EVERY_MS = 60_000;
/** For each business, so that one with a long past does not hold up the others. */
const BUDGET_MS = 5000;

/**
 * What is done now and then, whoever asks: figures are added up, so that their reader has little to wait for, and imports
 * are ended whose process was killed. Several processes at once do no harm, and nothing is lost when none runs it.
 */
export function startUpkeep(db: Database, onError: (error: unknown) => void): Repetition {
  const run = async (): Promise<void> => {
    await endLostImports(db, new Date());
    for (const { id } of await db.business.findMany({ select: { id: true } })) await rollUpFigures(db, id, BUDGET_MS);
  };
  return repeat(run, EVERY_MS, onError);
}
