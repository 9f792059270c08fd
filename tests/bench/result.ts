/** What each benchmark prints, as one line of JSON. */
export interface BenchResult {
  name: string;
  ours: Record<string, unknown>;
  /** The bare counterpart, measured in the same run on the same servers; empty where there is none. */
  limit: Record<string, unknown>;
  /** Ours in terms of the limit. */
  ratio: Record<string, number>;
  /** What we want of the ratio, or of our figure, and whether this run reached it. */
  aim: Record<string, { want: string; reached: boolean }>;
}

export interface BenchOptions {
  /** A short smoke run: the figures mean nothing, but everything is exercised. */
  quick: boolean;
  /** Everything, the slow ones too. */
  full: boolean;
}

export type Benchmark = (options: BenchOptions) => Promise<BenchResult>;

/** An aim of "at least" or "at most". */
export function aim(value: number, want: '>=' | '<=', bound: number): { want: string; reached: boolean } {
  return { want: `${want} ${bound}`, reached: want === '>=' ? value >= bound : value <= bound };
}
