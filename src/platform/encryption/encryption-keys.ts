/** One key of the ring. */
export interface EncryptionKey {
  id: string;
  bytes: Buffer;
}

const KEY_BYTES = 32;
/** Base64 of 32 bytes, in either alphabet; Node's own reader takes anything. */
const KEY = /^[A-Za-z0-9+/_-]{43}=?$/;
/** A key id is written into what it seals, between colons. */
const KEY_ID = /^[\w.-]{1,40}$/;

/** Reads `id:base64 of 32 bytes`, comma-separated. Throws an Error that names the place of a faulty one, not its value. */
export function readEncryptionKeys(ring: string): EncryptionKey[] {
  const [fault] = findKeyFaults(ring);
  if (fault !== undefined) throw new Error(`ENCRYPTION_KEYS: ${fault}`);
  return ring.split(',').map(readKey);
}

/** What is wrong with a ring, entry by entry; empty when nothing is. */
export function findKeyFaults(ring: string): string[] {
  const entries = ring.split(',');
  const faults = entries.flatMap((entry, index) => {
    const [id = '', key = '', ...rest] = entry.trim().split(':');
    const isKey = KEY_ID.test(id) && KEY.test(key) && rest.length === 0 && readKey(entry).bytes.length === KEY_BYTES;
    return isKey ? [] : [`entry ${index + 1} is not "id:base64 of 32 bytes"`];
  });
  const ids = entries.map((entry) => entry.trim().split(':')[0]);
  return new Set(ids).size < ids.length ? [...faults, 'two entries have the same id'] : faults;
}

function readKey(entry: string): EncryptionKey {
  const [id = '', key = ''] = entry.trim().split(':');
  return { id, bytes: Buffer.from(key, 'base64') };
}
