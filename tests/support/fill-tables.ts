import pg from 'pg';

interface Column {
  name: string;
  type: string;
  isArray: boolean;
  /** The check that its values must pass, if there is one. */
  check: string | null;
}

const VALUES: Readonly<Record<string, string>> = {
  uuid: 'uuidv7()',
  int2: '1',
  int4: '1',
  int8: '1',
  float8: '1.5',
  bool: 'true',
  jsonb: "'{}'",
  timestamptz: 'now()',
  date: 'current_date',
  bytea: "'\\x00ff'",
};

/**
 * Puts a row into every table that is still empty, so that a test can say "every table". The values mean nothing: neither
 * foreign keys nor triggers look at them, but checks do.
 */
export async function fillEveryTable(databaseUrl: string): Promise<void> {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    await client.query('set session_replication_role = replica');
    const { rows } = await client.query<{ name: string }>(
      `select relname as name from pg_class where relnamespace = 'public'::regnamespace and relkind = 'r'
       and relname <> '_prisma_migrations' order by relname`,
    );
    for (const { name } of rows) {
      const filled = await client.query(`select from "${name}" limit 1`);
      if (filled.rows.length === 0) await fill(client, name);
    }
  } finally {
    await client.end();
  }
}

async function fill(client: pg.Client, table: string): Promise<void> {
  const { rows: columns } = await client.query<Column>(
    `select a.attname as name, t.typname as type, t.typcategory = 'A' as "isArray",
       (select pg_get_constraintdef(c.oid) from pg_constraint c
        where c.conrelid = a.attrelid and c.contype = 'c' and a.attnum = any(c.conkey) limit 1) as check
     from pg_attribute a join pg_type t on t.oid = a.atttypid
     where a.attrelid = $1::regclass and a.attnum > 0 and not a.attisdropped and a.attgenerated = ''
       and a.attnotnull and not a.atthasdef order by a.attnum`,
    [table],
  );
  const names = columns.map(({ name }) => `"${name}"`).join(', ');
  const values = columns.length > 0 ? `(${names}) values (${columns.map(valueFor).join(', ')})` : 'default values';
  await client.query(`insert into "${table}" ${values}`);
}

/** A check of ours lists the words that are allowed; the first of them will do. */
function valueFor({ type, isArray, check }: Column): string {
  if (isArray) return "'{}'";
  return VALUES[type] ?? /'[^']*'/.exec(check ?? '')?.[0] ?? "'filled'";
}
