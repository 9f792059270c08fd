import { Gauge } from 'prom-client';
import type { Database } from '../database/client.ts';
import type { Metrics } from './metrics.ts';

/** One value of a figure, as it is now. */
export interface FigureValue {
  name: string;
  labels?: Readonly<Record<string, string>>;
  value: number;
}

/** What a feature counts in the database for monitoring. Labels are from fixed lists: never a person, an address or an id. */
export interface FeatureFigures {
  /** What each figure is, by its name, and which labels it has. */
  describe: Readonly<Record<string, { help: string; labelNames?: readonly string[] }>>;
  /** Must read indexes only: it is asked every few seconds, whatever the size of the tables. */
  read(context: { db: Database; nowMs: number }): Promise<FigureValue[]>;
}

/** Everybody who asks within this time gets the same answer. */
const CACHE_MS = 10_000;
const TIMEOUT_MS = 3000;

/**
 * Adds the figures of features to those of the process. They are of the whole installation: each API tells the same. While the
 * database is away they are missing, and the others are told all the same.
 */
export function addFeatureFigures(
  metrics: Pick<Metrics, 'registry'>,
  { db, figures, clock }: { db: Database; figures: readonly FeatureFigures[]; clock: () => number },
): void {
  for (const feature of figures) {
    const read = readNowAndThen(() => feature.read({ db, nowMs: clock() }), clock);
    for (const [name, { help, labelNames = [] }] of Object.entries(feature.describe)) {
      const registers = [metrics.registry];
      new Gauge({
        name,
        help,
        labelNames: [...labelNames],
        registers,
        async collect() {
          const values = (await read()).filter((one) => one.name === name);
          this.reset();
          // Without a label `reset` sets it to zero, which is not what "unknown" means.
          if (values.length === 0) this.remove({});
          for (const { labels = {}, value } of values) this.set(labels, value);
        },
      });
    }
  }
}

/** Never rejects, and waits for no database that hangs: then nothing is known. */
function readNowAndThen(read: () => Promise<FigureValue[]>, clock: () => number): () => Promise<FigureValue[]> {
  let last: { at: number; values: Promise<FigureValue[]> } | null = null;
  return () => {
    if (!last || clock() - last.at > CACHE_MS) {
      const values = withinTime(read).catch(() => []);
      last = { at: clock(), values };
    }
    return last.values;
  };
}

async function withinTime<T>(read: () => Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error('The database does not answer in time.')), TIMEOUT_MS);
  });
  return Promise.race([read(), late]).finally(() => clearTimeout(timer));
}
