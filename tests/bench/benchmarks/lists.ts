import pg from 'pg';
import { aim, type BenchOptions, type BenchResult } from '../result.ts';
import { withStack } from '../stack.ts';
import { latencyOf, round } from '../statistics.ts';

const MESSAGES_EACH = 20;
const API_KEY = 'bench-only-admin-key-0123456789';
const REPEATS = 40;
/** Rows are made in portions, so that no statement needs much memory. */
const PORTION = 5000;

/** What people at the panel ask for again and again. One customer and one message are looked for in the crowd. */
function asks(conversationId: string): Record<string, string> {
  const filtered = (resource: string, filter: object, sort = ''): string =>
    `/api/${resource}?range=[0,24]&filter=${encodeURIComponent(JSON.stringify(filter))}${sort}`;
  const bySentAt = `&sort=${encodeURIComponent('["sentAt","DESC"]')}`;
  return {
    inbox: filtered('conversations', {}),
    needsHuman: filtered('conversations', { needsHuman: true, snoozedUntil: null, status_neq: 'closed' }),
    unread: filtered('conversations', { unread: true }),
    unassigned: filtered('conversations', { assigneeId: null, snoozedUntil: null, status_neq: 'closed' }),
    search: filtered('conversations', { q: 'زیبناز' }),
    searchMessages: filtered('messages', { q: 'كد رهگيري' }, bySentAt),
    chat: filtered('messages', { conversationId }, bySentAt),
    messages: filtered('messages', {}, bySentAt),
    contacts: filtered('contacts', { q: 'زیبناز توکلی' }),
  };
}

/** How long lists take over few conversations and over many: 1,000 and 100,000, each with 20 messages. */
export async function lists({ quick }: BenchOptions): Promise<BenchResult> {
  const [few, many] = quick ? [100, 1000] : [1000, 100_000];
  return withStack(async (stack) => {
    const api = await stack.startApi({ ADMIN_API_KEY: API_KEY });
    const client = new pg.Client({ connectionString: stack.databaseUrl });
    await client.connect();
    try {
      const shop = await makeShop(client);
      await grow(client, shop, 0, few);
      const before = await measure(client, api.port);
      await grow(client, shop, few, many);
      const after = await measure(client, api.port);
      return toResult(few, many, before, after, await measureBare(client, shop));
    } finally {
      await client.end();
    }
  });
}

interface Shop {
  businessId: string;
  accountId: string;
}

async function makeShop(client: pg.Client): Promise<Shop> {
  const { rows } = await client.query<{ businessId: string; accountId: string }>(`
    INSERT INTO accounts (business_id, channel, external_id)
    SELECT id, 'simulator', 'lists-bench' FROM businesses ORDER BY id LIMIT 1
    RETURNING business_id AS "businessId", id AS "accountId"`);
  return rows[0] as Shop;
}

/** Adds conversations up to `to`. Rows get their search form by the triggers, as in life; the feed is not told. */
async function grow(client: pg.Client, { businessId, accountId }: Shop, from: number, to: number): Promise<void> {
  for (let first = from; first < to; first += PORTION) {
    const last = Math.min(first + PORTION, to);
    await client.query('BEGIN');
    for (const table of ['contacts', 'conversations', 'messages'])
      await client.query(`ALTER TABLE ${table} DISABLE TRIGGER live_insert`);
    await client.query(
      `WITH people AS (
         INSERT INTO contacts (business_id, account_id, external_id, name)
         SELECT $1, $2, 'cust-' || n, 
           CASE WHEN n = 44 THEN 'زيبناز توكلی' ELSE (ARRAY['سارا', 'علی', 'مریم', 'Reza'])[1 + n % 4] || ' کریمی ' || n END
         FROM generate_series($3::int, $4::int) AS n RETURNING id, business_id, account_id, external_id
       )
       INSERT INTO conversations (business_id, account_id, contact_id, channel, last_message_text, last_message_at)
       SELECT business_id, account_id, id, 'simulator', 'سلام، قیمت این پیراهن چنده؟',
         now() - random() * interval '30 days' FROM people`,
      [businessId, accountId, first + 1, last],
    );
    await client.query(
      `INSERT INTO messages (business_id, conversation_id, direction, author, text, sent_at, created_at)
       SELECT c.business_id, c.id, CASE WHEN n % 2 = 0 THEN 'in' ELSE 'out' END,
         CASE WHEN n % 2 = 0 THEN 'customer' ELSE 'bot' END,
         CASE WHEN n = 1 AND k.external_id = 'cust-44' THEN 'کد رهگیری PX-44'
           ELSE 'پیراهن شماره ' || (random() * 100000)::int || ' موجود است؟' END, c.last_message_at - n * interval '1 minute',
         c.last_message_at - n * interval '1 minute'
       FROM conversations c JOIN contacts k ON k.id = c.contact_id, generate_series(1, $4::int) AS n
       WHERE k.account_id = $1 AND substr(k.external_id, 6)::int BETWEEN $2 AND $3`,
      [accountId, first + 1, last, MESSAGES_EACH],
    );
    for (const table of ['contacts', 'conversations', 'messages'])
      await client.query(`ALTER TABLE ${table} ENABLE TRIGGER live_insert`);
    await client.query('COMMIT');
  }
  // A few of many are looked for.
  await client.query(`UPDATE conversations SET unread_count = 1, waiting_since = now(), mode = 'human'
    WHERE contact_id IN (SELECT id FROM contacts WHERE external_id IN ('cust-3', 'cust-44', 'cust-77'))`);
  await client.query('VACUUM ANALYZE');
}

type Times = Record<string, { p50Ms: number; p99Ms: number }>;

async function measure(client: pg.Client, port: number): Promise<Times> {
  const { rows } = await client.query<{ id: string }>('SELECT id FROM conversations ORDER BY id DESC LIMIT 1');
  const times: Times = {};
  for (const [name, path] of Object.entries(asks(rows[0]?.id ?? ''))) {
    const taken: number[] = [];
    for (let n = 0; n < REPEATS; n += 1) {
      const startedAtMs = performance.now();
      const response = await fetch(`http://127.0.0.1:${port}${path}`, { headers: { 'x-api-key': API_KEY } });
      const body = await response.json();
      if (!Array.isArray(body) || body.length === 0) throw new Error(`${name}: ${response.status}, no rows`);
      taken.push(performance.now() - startedAtMs);
    }
    const { p50Ms, p99Ms } = latencyOf(taken);
    times[name] = { p50Ms, p99Ms };
  }
  return times;
}

interface BareTimes {
  rowsP50Ms: number;
  /** What the list answers: rows and how many there are. */
  rowsAndTotalP50Ms: number;
}

/** The inbox as two statements by hand, over one connection, without HTTP, permissions and JSON. */
async function measureBare(client: pg.Client, { businessId }: Shop): Promise<BareTimes> {
  const rows: number[] = [];
  const rowsAndTotal: number[] = [];
  for (let n = 0; n < REPEATS; n += 1) {
    const startedAtMs = performance.now();
    await client.query(
      `SELECT c.*, k.name, k.external_id, u.username, array(
         SELECT l.name FROM conversation_labels cl JOIN labels l ON l.id = cl.label_id WHERE cl.conversation_id = c.id)
       FROM conversations c JOIN contacts k ON k.id = c.contact_id LEFT JOIN users u ON u.id = c.assignee_id
       WHERE c.business_id = $1 ORDER BY c.last_message_at DESC, c.id LIMIT 25`,
      [businessId],
    );
    rows.push(performance.now() - startedAtMs);
    await client.query('SELECT count(*) FROM conversations WHERE business_id = $1', [businessId]);
    rowsAndTotal.push(performance.now() - startedAtMs);
  }
  return { rowsP50Ms: latencyOf(rows).p50Ms, rowsAndTotalP50Ms: latencyOf(rowsAndTotal).p50Ms };
}

function toResult(few: number, many: number, before: Times, after: Times, bare: BareTimes): BenchResult {
  const againstBare = round((after.inbox?.p50Ms ?? Number.NaN) / bare.rowsAndTotalP50Ms);
  const ratio = Object.fromEntries(
    Object.entries(after).map(([name, { p50Ms }]) => [name, round(p50Ms / (before[name]?.p50Ms ?? Number.NaN))]),
  );
  return {
    name: 'lists',
    ours: { conversationCount: many, messageCount: many * MESSAGES_EACH, ...after },
    limit: { conversationCount: few, messageCount: few * MESSAGES_EACH, ...before, bareInbox: bare },
    ratio: { ...ratio, inboxToBareSql: againstBare },
    aim: {
      ...Object.fromEntries(Object.entries(ratio).map(([name, value]) => [name, aim(value, '<=', 2)])),
      inboxToBareSql: aim(againstBare, '<=', 3),
    },
  };
}
