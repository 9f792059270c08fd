import type { Queries } from '../platform/database/client.ts';
import { percentileOf } from '../text/keywords.ts';

/** Sums of a metric over some days, by key. */
export interface Figure {
  key: string;
  count: number;
  sum: number;
}

interface Period {
  businessId: string;
  timeZone: string;
  /** The present day included. */
  days: number;
}

/** The largest keys of a metric, at most `limit`. Reads sums by day only. */
export async function readTop(db: Queries, period: Period, metric: string, limit = 50, least = 1): Promise<Figure[]> {
  const { businessId, timeZone, days } = period;
  return db.$queryRaw<Figure[]>`
    SELECT key, sum(count)::float8 AS count, sum(sum)::float8 AS sum FROM daily_figures
    WHERE business_id = ${businessId}::uuid AND metric = ${metric}
      AND day > (now() AT TIME ZONE ${timeZone})::date - ${days}::int
    GROUP BY key HAVING sum(count) >= ${least} ORDER BY 2 DESC, 1 LIMIT ${limit}`;
}

export interface Spread {
  p50Ms: number | null;
  p95Ms: number | null;
}

/** Median and 95th percentile of a metric that is kept as a histogram. */
export async function readSpread(db: Queries, period: Period, metric: string): Promise<Spread> {
  const steps = new Map((await readTop(db, period, metric, 1000)).map(({ key, count }) => [key, count]));
  return { p50Ms: percentileOf(steps, 0.5), p95Ms: percentileOf(steps, 0.95) };
}

export interface TrafficDay {
  day: string;
  incoming: number;
  outgoing: number;
}

/** Messages of each day of the period, days without any included. */
export async function readTrafficByDay(db: Queries, { businessId, timeZone, days }: Period): Promise<TrafficDay[]> {
  return db.$queryRaw<TrafficDay[]>`
    SELECT to_char(d.day, 'YYYY-MM-DD') AS day,
      coalesce(sum(f.count) FILTER (WHERE f.metric = 'incoming'), 0)::float8 AS incoming,
      coalesce(sum(f.count) FILTER (WHERE f.metric = 'outgoing'), 0)::float8 AS outgoing
    FROM (SELECT ((now() AT TIME ZONE ${timeZone})::date - n) AS day FROM generate_series(0, ${days}::int - 1) AS n) d
    LEFT JOIN daily_figures f ON f.business_id = ${businessId}::uuid AND f.metric IN ('incoming', 'outgoing') AND f.day = d.day
    GROUP BY d.day ORDER BY d.day`;
}

export interface TrafficHour {
  hour: number;
  incoming: number;
  outgoing: number;
}

/** Messages of each hour of the shop's day, over the whole period. */
export async function readTrafficByHour(db: Queries, { businessId, timeZone, days }: Period): Promise<TrafficHour[]> {
  return db.$queryRaw<TrafficHour[]>`
    SELECT h.hour::int AS hour,
      coalesce(sum(f.count) FILTER (WHERE f.metric = 'incoming'), 0)::float8 AS incoming,
      coalesce(sum(f.count) FILTER (WHERE f.metric = 'outgoing'), 0)::float8 AS outgoing
    FROM generate_series(0, 23) AS h(hour)
    LEFT JOIN daily_figures f ON f.business_id = ${businessId}::uuid AND f.metric IN ('incoming', 'outgoing')
      AND f.hour = h.hour AND f.day > (now() AT TIME ZONE ${timeZone})::date - ${days}::int
    GROUP BY h.hour ORDER BY h.hour`;
}

/** Intents of each hour of the shop's day: when customers want what. */
export async function readIntentsByHour(db: Queries, { businessId, timeZone, days }: Period) {
  return db.$queryRaw<{ intent: string; hour: number; count: number }[]>`
    SELECT key AS intent, hour::int AS hour, sum(count)::float8 AS count FROM daily_figures
    WHERE business_id = ${businessId}::uuid AND metric = 'intent' AND hour >= 0
      AND day > (now() AT TIME ZONE ${timeZone})::date - ${days}::int
    GROUP BY 1, 2 ORDER BY 1, 2`;
}
