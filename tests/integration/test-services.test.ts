import { Connection } from '@temporalio/client';
import pg from 'pg';
import { describe, expect, it } from 'vitest';
import { SEARCH_ATTRIBUTES } from '../../src/start/temporal.ts';
import { createEmptyDatabase, createTestDatabase } from '../support/postgres.ts';
import { testTemporal } from '../support/temporal.ts';

async function countTables(url: string): Promise<number> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  const { rows } = await client.query("select count(*)::int as n from pg_tables where schemaname = 'public'");
  await client.end();
  return rows[0].n;
}

describe('createTestDatabase', () => {
  it('gives each caller a migrated database of its own and removes it', async () => {
    const [one, two, empty] = await Promise.all([createTestDatabase(), createTestDatabase(), createEmptyDatabase()]);
    expect(one.url).not.toBe(two.url);
    expect(await countTables(one.url)).toBeGreaterThan(10);
    expect(await countTables(empty.url)).toBe(0);
    await Promise.all([one.drop(), two.drop(), empty.drop()]);
    await expect(countTables(one.url)).rejects.toThrow(/does not exist/);
  });
});

describe('testTemporal', () => {
  it('reaches a real server that knows our search attributes', async () => {
    const { address, namespace } = testTemporal();
    const connection = await Connection.connect({ address });
    const { customAttributes } = await connection.operatorService.listSearchAttributes({ namespace });
    await connection.close();
    expect(Object.keys(customAttributes ?? {})).toEqual(expect.arrayContaining([...SEARCH_ATTRIBUTES]));
  });
});
