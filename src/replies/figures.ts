import type { FeatureFigures, FigureValue } from '../platform/http/feature-figures.ts';

/** Figures are of decisions that were made within this time. */
const RECENT_MINUTES = 15;

interface Row {
  outcome: string;
  count: bigint;
  seconds: number;
  slowest: number;
  input: bigint;
  output: bigint;
}

/** What was decided, how fast and at what cost. */
export const repliesFigures: FeatureFigures = {
  describe: {
    peyk_decisions_recent: {
      help: `Decisions of the last ${RECENT_MINUTES} minutes by outcome; fallback: no model answered in time.`,
      labelNames: ['outcome'],
    },
    peyk_decision_seconds_recent: {
      help: `Time that a decision took in the last ${RECENT_MINUTES} minutes, model included: mean and 95th percentile.`,
      labelNames: ['outcome', 'of'],
    },
    peyk_model_tokens_recent: {
      help: `Tokens of models in the last ${RECENT_MINUTES} minutes, by direction.`,
      labelNames: ['direction'],
    },
  },
  async read({ db }) {
    // Ids rise with time, so the primary key finds what is young.
    const rows = await db.$queryRaw<Row[]>`
      SELECT outcome, count(*) AS count, avg(latency_ms)::float8 / 1000 AS seconds,
        (percentile_cont(0.95) WITHIN GROUP (ORDER BY latency_ms))::float8 / 1000 AS slowest,
        sum(input_tokens)::bigint AS input, sum(output_tokens)::bigint AS output
      FROM decisions WHERE id > (SELECT uuidv7(make_interval(mins => -${RECENT_MINUTES}::int))) AND state = 'decided'
      GROUP BY 1`;
    const total = (count: (row: Row) => bigint) => rows.reduce((sum, row) => sum + Number(count(row)), 0);
    return [
      ...rows.flatMap(({ outcome, count, seconds, slowest }): FigureValue[] => [
        { name: 'peyk_decisions_recent', labels: { outcome }, value: Number(count) },
        { name: 'peyk_decision_seconds_recent', labels: { outcome, of: 'mean' }, value: seconds },
        { name: 'peyk_decision_seconds_recent', labels: { outcome, of: 'p95' }, value: slowest },
      ]),
      { name: 'peyk_model_tokens_recent', labels: { direction: 'in' }, value: total(({ input }) => input) },
      { name: 'peyk_model_tokens_recent', labels: { direction: 'out' }, value: total(({ output }) => output) },
    ];
  },
};
