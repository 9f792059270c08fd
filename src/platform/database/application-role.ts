import pg from 'pg';
import { connectionOptions, LIMITS } from './limits.ts';

/** Everything in the public schema that belongs to nobody's extension and not to the role yet, as `ALTER` names it. */
const NOT_OWNED = `
  SELECT format('ALTER %s %I.%I', kind, 'public', name) AS change FROM (
    SELECT CASE relkind WHEN 'v' THEN 'VIEW' WHEN 'm' THEN 'MATERIALIZED VIEW' WHEN 'S' THEN 'SEQUENCE' ELSE 'TABLE' END AS kind,
      c.oid, 'pg_class'::regclass AS class, relname AS name, relowner AS owner
    FROM pg_class c WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p', 'f', 'v', 'm', 'S')
      -- A sequence of a column goes with its table.
      AND NOT (relkind = 'S' AND EXISTS (
        SELECT FROM pg_depend d WHERE d.classid = 'pg_class'::regclass AND d.objid = c.oid AND d.deptype IN ('a', 'i')))
    UNION ALL
    SELECT CASE typtype WHEN 'd' THEN 'DOMAIN' ELSE 'TYPE' END, oid, 'pg_type'::regclass, typname, typowner
    FROM pg_type WHERE typnamespace = 'public'::regnamespace AND typtype IN ('d', 'e', 'r')
  ) AS found
  WHERE owner <> $1::regrole AND NOT EXISTS (
    SELECT FROM pg_depend d WHERE d.classid = found.class AND d.objid = found.oid AND d.deptype = 'e')
  UNION ALL
  SELECT format('ALTER ROUTINE %s', p.oid::regprocedure) FROM pg_proc p
  WHERE p.pronamespace = 'public'::regnamespace AND p.proowner <> $1::regrole AND NOT EXISTS (
    SELECT FROM pg_depend d WHERE d.classid = 'pg_proc'::regclass AND d.objid = p.oid AND d.deptype = 'e')`;

/** What a restore sets, and what tells a restored copy from its original. */
const RIGHTS = [
  'GRANT SET ON PARAMETER session_replication_role TO',
  'GRANT EXECUTE ON FUNCTION pg_control_system(), pg_control_checkpoint() TO',
];

/** Any number that nothing else in this database locks. */
const ROLE_LOCK = 7_393_207;

/**
 * Makes the role of `databaseUrl` an ordinary one that owns its database and all that Peyk has in it, whoever owned them before:
 * so the programs that strangers talk to need no superuser. `adminUrl` is the address of one, of the same server. May be repeated,
 * and leaves rows untouched. Throws what PostgreSQL says, and Error when both are the same role.
 */
export async function ensureApplicationRole(adminUrl: string, databaseUrl: string): Promise<void> {
  const { username, password, pathname } = new URL(databaseUrl);
  const role = decodeURIComponent(username);
  const database = decodeURIComponent(pathname.slice(1));
  if (role === decodeURIComponent(new URL(adminUrl).username))
    throw new Error('The role of DATABASE_URL must be another than that of DATABASE_ADMIN_URL.');
  await makeRole(adminUrl, { role, password: decodeURIComponent(password), database });
  // What it shall own is within its database, wherever the superuser came in.
  const within = new URL(adminUrl);
  within.pathname = pathname;
  await withClient(within.href, (client) => handOver(client, role));
}

interface WantedRole {
  role: string;
  password: string;
  database: string;
}

async function makeRole(adminUrl: string, { role, password, database }: WantedRole): Promise<void> {
  await withClient(adminUrl, async (client) => {
    const name = client.escapeIdentifier(role);
    const found = await client.query('SELECT FROM pg_roles WHERE rolname = $1', [role]);
    const attributes = `LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION NOBYPASSRLS PASSWORD ${client.escapeLiteral(password)}`;
    await client.query(`${found.rowCount === 0 ? 'CREATE' : 'ALTER'} ROLE ${name} ${attributes}`);
    const owned = client.escapeIdentifier(database);
    const known = await client.query<{ owner: string }>(
      'SELECT pg_get_userbyid(datdba) AS owner FROM pg_database WHERE datname = $1',
      [database],
    );
    if (known.rowCount === 0) await client.query(`CREATE DATABASE ${owned} OWNER ${name}`);
    else if (known.rows[0]?.owner !== role) await client.query(`ALTER DATABASE ${owned} OWNER TO ${name}`);
  });
}

async function handOver(client: pg.Client, role: string): Promise<void> {
  const name = client.escapeIdentifier(role);
  await client.query('BEGIN');
  await client.query('SELECT pg_advisory_xact_lock($1)', [ROLE_LOCK]);
  for (const right of RIGHTS) await client.query(`${right} ${name}`);
  await client.query(`GRANT ALL ON SCHEMA public TO ${name}`);
  const { rows } = await client.query<{ change: string }>(NOT_OWNED, [name]);
  for (const { change } of rows) await client.query(`${change} OWNER TO ${name}`);
  await client.query('COMMIT');
}

async function withClient(url: string, work: (client: pg.Client) => Promise<void>): Promise<void> {
  const client = new pg.Client(connectionOptions(url, LIMITS.maintenance));
  client.on('error', () => undefined);
  await client.connect();
  try {
    await work(client);
  } finally {
    await client.end();
  }
}
