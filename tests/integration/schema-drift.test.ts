import { join } from 'node:path';
import pg from 'pg';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../support/postgres.ts';
import { diffSchema, readSchemaFiles, type SchemaFile } from '../support/schema-engine.ts';

/** Partial indexes: the migrations make them, and neither the schema language nor its engine knows of them. */
const BEYOND_PRISMA = [
  'catalog_entries_final_key_idx',
  'conversations_open_idx',
  'dispatches_business_id_due_at_idx',
  'dispatches_due_at_idx',
  'dispatches_handed_at_idx',
  'conversations_waiting_idx',
  'conversations_mode_ends_idx',
  'conversations_window_ends_idx',
  'outbound_messages_planned_idx',
  'follow_ups_pending_idx',
  'timers_pending_idx',
  'inbound_deliveries_received_idx',
  'inbound_deliveries_unknown_account_idx',
  'inbound_events_waiting_idx',
  'outbound_messages_unconfirmed_idx',
  'outbound_messages_unnoticed_idx',
  'outbound_messages_external_id_idx',
  'outbound_messages_resends_idx',
  'outbound_messages_upload_idx',
  'follow_ups_one_pending_idx',
  'tickets_one_open_idx',
  'conversations_needing_human_idx',
  'conversations_unread_idx',
  'order_forms_one_open_idx',
  'prompt_versions_one_published_idx',
  'restock_requests_waiting_idx',
  'restock_requests_waiting_key',
  'product_words_word_trgm_idx',
  'product_words_beginning_idx',
];

let database: TestDatabase;
let schema: SchemaFile[];

beforeEach(async () => {
  database = await createTestDatabase();
  schema = await readSchemaFiles(join(import.meta.dirname, '../../prisma/schema'));
});

afterEach(() => database.drop());

async function run(sql: string): Promise<Record<string, unknown>[]> {
  const client = new pg.Client({ connectionString: database.url });
  await client.connect();
  const { rows } = await client.query(sql);
  await client.end();
  return rows;
}

/** The statements that would make the database what the schema says. */
async function findDrift(): Promise<string[]> {
  const script = await diffSchema(database.url, schema);
  const lines = script.split('\n').filter((line) => !line.startsWith('--'));
  return lines
    .join('\n')
    .split(';')
    .map((statement) => statement.trim())
    .filter(Boolean);
}

describe('the test database', () => {
  it('knows Persian letters, without which no index serves a search in Persian', async () => {
    const [row] = await run("select cardinality(show_trgm('کیف')) as count, show_trgm('؟!') as signs");
    expect(row).toEqual({ count: 4, signs: [] });
  });
});

describe('prisma/schema and the migrations', () => {
  it('describe the same database', async () => {
    expect(await findDrift()).toEqual([]);
  });

  it('are told apart when the database lacks a column', async () => {
    await run('alter table businesses drop column slug');
    expect((await findDrift()).join('\n')).toMatch(/ALTER TABLE "businesses" ADD COLUMN\s+"slug"/);
  });

  it('are told apart when the database has an index more', async () => {
    await run('create index stray_idx on businesses (name)');
    expect(await findDrift()).toEqual(['DROP INDEX "stray_idx"']);
  });

  it('keep every index that the schema cannot describe', async () => {
    const rows = await run(
      "select indexname from pg_indexes where schemaname = 'public' and indexdef like '% WHERE %'",
    );
    expect(rows.map((row) => row.indexname).sort()).toEqual([...BEYOND_PRISMA].sort());
  });
});
