import { afterEach, describe, expect, it } from 'vitest';
import { prepareDatabase } from '../../src/start/database.ts';
import { createEmptyDatabase, type TestDatabase } from '../support/postgres.ts';

let database: TestDatabase;
afterEach(() => database.drop());

async function prepare(options?: string): Promise<string> {
  database = await createEmptyDatabase(options);
  const lines: string[] = [];
  expect(await prepareDatabase(database.url, null, (line) => lines.push(line))).toEqual({ hasUsers: false });
  return lines.join('\n');
}

describe('prepareDatabase', () => {
  it('migrates a database and says what it did', async () => {
    const said = await prepare();
    expect(said).toContain('Applied');
    expect(said).not.toContain('LC_CTYPE');
  });

  it('says so when the database knows no Persian letters', async () => {
    expect(await prepare("template template0 lc_ctype 'C' lc_collate 'C'")).toContain('LC_CTYPE');
  });
});
