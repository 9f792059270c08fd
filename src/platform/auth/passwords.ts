import { hash, verify } from '@node-rs/argon2';

/** The library's number for it; its enum cannot be imported by type-stripped code. */
const ARGON2ID = 2;

/** OWASP's minimum for argon2id: 19 MiB, two passes, one lane. About 8 ms on a plain server core. */
const COST = { algorithm: ARGON2ID, memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const;

/** Longer ones are refused before any hashing, so that nobody buys our CPU with a long password. */
export const PASSWORD_MAX_BYTES = 1024;

/** One Unicode form, so that a password typed on another keyboard or system is the same. */
function normalise(password: string): string {
  return password.normalize('NFKC');
}

export function hashPassword(password: string): Promise<string> {
  return hash(normalise(password), COST);
}

/** A hash that no password has. Checking it takes as long as a real one: an unknown name cannot be told by time. */
const DUMMY_HASH = hash(crypto.randomUUID() + crypto.randomUUID(), COST);

/** Always hashes once. Null (no such user) never matches, nor does what is no hash: nobody logs in with it. */
export async function verifyPassword(stored: string | null, password: string): Promise<boolean> {
  const known = stored?.startsWith('$argon2') ? stored : null;
  const matches = await verify(known ?? (await DUMMY_HASH), normalise(password));
  return matches && known !== null;
}
