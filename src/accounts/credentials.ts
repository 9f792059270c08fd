import type { AccountCredentials, OwnedCredentials } from '../channels/credentials.ts';
import type { Database } from '../platform/database/client.ts';
import type { KeyRing, Place } from '../platform/encryption/key-ring.ts';

const TABLE = 'accounts';
const COLUMN = 'credentials';

/** Where they are kept, for `peyk rotate-keys`. */
export const CREDENTIALS = { table: TABLE, column: COLUMN, idColumn: 'id' } as const;

/** What another process changed is seen here after this long at the latest. */
const MAX_AGE_MS = 2000;

const placeOf = (accountId: string): Place => ({ table: TABLE, column: COLUMN, rowId: accountId });

/** The credentials of an account as its row keeps them. */
export function sealCredentials(keyRing: KeyRing, accountId: string, credentials: unknown): string {
  return keyRing.seal(placeOf(accountId), JSON.stringify(credentials));
}

/** Null where they are sealed under a key that we lack: nothing of the settings stands in for those. */
type ByAccount = ReadonlyMap<string, { businessId: string; credentials: unknown | null }>;

/**
 * Credentials from the accounts' rows; an account without its own uses those of the settings. They are read again when they
 * are two seconds old, a channel at a time, so that a send or a webhook seldom waits for the database.
 */
export function createAccountCredentials(
  db: Database,
  keyRing: KeyRing,
  fromSettings: AccountCredentials,
  { maxAgeMs = MAX_AGE_MS, clock = Date.now }: { maxAgeMs?: number; clock?: () => number } = {},
): AccountCredentials {
  const cache = new Map<string, { loadedAtMs: number; accounts: Promise<ByAccount> }>();

  const load = (channel: string): Promise<ByAccount> => {
    const known = cache.get(channel);
    if (known && clock() - known.loadedAtMs < maxAgeMs) return known.accounts;
    const accounts = readAccounts(db, keyRing, channel);
    cache.set(channel, { loadedAtMs: clock(), accounts });
    // A failure is not remembered: the next one asks again.
    accounts.catch(() => cache.delete(channel));
    return accounts;
  };

  const owned = async (channel: string): Promise<OwnedCredentials[]> => {
    const [accounts, shared] = await Promise.all([load(channel), fromSettings.owned(channel)]);
    // The installation's first: a secret that an account repeats must not take every other account's deliveries with it.
    return [...shared, ...[...accounts.values()].filter(({ credentials }) => credentials !== null)];
  };

  return {
    owned,
    of: async (channel, accountExternalId) => {
      const own = (await load(channel)).get(accountExternalId);
      return own ? own.credentials : fromSettings.of(channel, accountExternalId);
    },
  };
}

async function readAccounts(db: Database, keyRing: KeyRing, channel: string): Promise<ByAccount> {
  const rows = await db.account.findMany({
    where: { channel, credentials: { not: null } },
    select: { id: true, businessId: true, externalId: true, credentials: true },
  });
  return new Map(
    rows.map(({ id, businessId, externalId, credentials }) => [
      externalId,
      { businessId, credentials: openCredentials(keyRing, id, credentials as string) },
    ]),
  );
}

/** What an account's row keeps; null where it is sealed under a key that we lack. */
export function openCredentials(keyRing: KeyRing, accountId: string, sealed: string): unknown | null {
  try {
    return JSON.parse(keyRing.open(placeOf(accountId), sealed));
  } catch {
    return null;
  }
}
