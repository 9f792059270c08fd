import pg from 'pg';
import { aim, type BenchOptions, type BenchResult } from '../result.ts';
import { withStack } from '../stack.ts';
import { latencyOf, round } from '../statistics.ts';

const API_KEY = 'bench-only-admin-key-0123456789';
const REPEATS = 30;
const DAYS = 30;
const CONVERSATIONS = 200;
/** Rows are made in portions, so that no statement needs much memory. */
const PORTION = 50_000;
const REPORTS = ['summary', 'quality', 'behaviour'] as const;

type Times = Record<string, { p50Ms: number; p99Ms: number }>;

/** How long the figures take over 10,000 messages and over a million, of the same days and words. */
export async function analytics({ quick }: BenchOptions): Promise<BenchResult> {
  const [few, many] = quick ? [1000, 10_000] : [10_000, 1_000_000];
  return withStack(async (stack) => {
    const api = await stack.startApi({ ADMIN_API_KEY: API_KEY });
    const client = new pg.Client({ connectionString: stack.databaseUrl });
    await client.connect();
    try {
      await makeConversations(client);
      await fill(client, few);
      await catchUp(api.port);
      const before = await measure(api.port);
      await fill(client, many);
      const tookMs = await catchUp(api.port);
      return toResult(few, many, before, await measure(api.port), tookMs);
    } finally {
      await client.end();
    }
  });
}

async function makeConversations(client: pg.Client): Promise<void> {
  await client.query(
    `WITH shop AS (
       INSERT INTO accounts (business_id, channel, external_id)
       SELECT id, 'simulator', 'analytics-bench' FROM businesses ORDER BY id LIMIT 1 RETURNING id, business_id
     ), people AS (
       INSERT INTO contacts (business_id, account_id, external_id)
       SELECT business_id, id, 'cust-' || n FROM shop, generate_series(1, $1::int) AS n RETURNING *
     )
     INSERT INTO conversations (business_id, account_id, contact_id, channel)
     SELECT business_id, account_id, id, 'simulator' FROM people`,
    [CONVERSATIONS],
  );
}

/** Throws away what is there and writes `count` messages of the last month. The feed is not told. */
async function fill(client: pg.Client, count: number): Promise<void> {
  await client.query('TRUNCATE messages, daily_figures, figure_marks CASCADE');
  await client.query('ALTER TABLE messages DISABLE TRIGGER live_insert');
  for (let first = 0; first < count; first += PORTION)
    await client.query(
      `WITH people AS (SELECT array_agg(id) AS ids, min(business_id::text)::uuid AS shop FROM conversations)
       INSERT INTO messages (business_id, conversation_id, direction, author, text, sent_at, created_at)
       SELECT shop, ids[1 + n % ${CONVERSATIONS}], CASE WHEN n % 2 = 0 THEN 'in' ELSE 'out' END,
         CASE WHEN n % 2 = 0 THEN 'customer' ELSE 'bot' END,
         'قیمت ' || chr(1570 + n * 7 % 38) || chr(1576 + n * 11 % 30) || 'ستان چرمی موجود است؟',
         now() - interval '1 minute' - n * interval '${DAYS - 1} days' / $3,
         now() - interval '1 minute' - n * interval '${DAYS - 1} days' / $3
       FROM people, generate_series($1::int, $2::int) AS n`,
      [first + 1, Math.min(first + PORTION, count), count],
    );
  await client.query('ALTER TABLE messages ENABLE TRIGGER live_insert');
  await client.query('VACUUM ANALYZE');
}

async function ask(port: number, report: string): Promise<{ complete: boolean }> {
  const headers = { 'x-api-key': API_KEY };
  const response = await fetch(`http://127.0.0.1:${port}/admin/analytics/${report}?days=${DAYS}`, { headers });
  if (!response.ok) throw new Error(`${report}: ${response.status}`);
  return (await response.json()) as { complete: boolean };
}

/** Asks until everything is added up. Returns how long that took. */
async function catchUp(port: number): Promise<number> {
  const startedAtMs = performance.now();
  while (!(await ask(port, 'summary')).complete);
  return performance.now() - startedAtMs;
}

async function measure(port: number): Promise<Times> {
  const times: Times = {};
  for (const report of REPORTS) {
    const taken: number[] = [];
    for (let n = 0; n < REPEATS; n += 1) {
      const startedAtMs = performance.now();
      await ask(port, report);
      taken.push(performance.now() - startedAtMs);
    }
    const { p50Ms, p99Ms } = latencyOf(taken);
    times[report] = { p50Ms, p99Ms };
  }
  return times;
}

function toResult(few: number, many: number, before: Times, after: Times, tookMs: number): BenchResult {
  const ratio = Object.fromEntries(
    REPORTS.map((report) => [report, round((after[report]?.p50Ms ?? 0) / (before[report]?.p50Ms ?? Number.NaN))]),
  );
  return {
    name: 'analytics',
    ours: { messageCount: many, addedUpPerSecond: round((many / tookMs) * 1000, 0), ...after },
    limit: { messageCount: few, ...before },
    ratio,
    aim: Object.fromEntries(Object.entries(ratio).map(([name, value]) => [name, aim(value, '<=', 2)])),
  };
}
