import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { DecryptionError, EncryptionOffError } from './encryption-errors.ts';
import { type EncryptionKey, readEncryptionKeys } from './encryption-keys.ts';

/** Where a sealed text stands. It opens there and nowhere else, so that nobody can move one row's secret to another. */
export interface Place {
  table: string;
  column: string;
  rowId: string;
}

/** Seals secrets before they are stored, and opens them again. */
export interface KeyRing {
  /** Under the first key. Throws EncryptionOffError when there is none. */
  seal(place: Place, text: string): string;
  /** Throws DecryptionError, which says why and holds nothing of the secret. */
  open(place: Place, sealed: string): string;
  /** What every text begins with that the first key has sealed; null when there is no key. */
  currentPrefix: string | null;
}

const ALGORITHM = 'aes-256-gcm';
/** The form of a sealed text: `v1:<key id>:<base64url of nonce, text and tag>`. */
const VERSION = 'v1';
const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/**
 * Makes the key ring of ENCRYPTION_KEYS: AES-256-GCM, the first key seals, each opens what it sealed. With null nothing
 * can be sealed or opened, which keeps everything else working.
 */
export function createKeyRing(encryptionKeys: string | null): KeyRing {
  const keys = encryptionKeys === null ? [] : readEncryptionKeys(encryptionKeys);
  const byId = new Map(keys.map((key) => [key.id, key]));
  const [current] = keys;
  return {
    currentPrefix: current ? `${VERSION}:${current.id}:` : null,
    seal(place, text) {
      if (!current) throw new EncryptionOffError();
      return `${VERSION}:${current.id}:${encrypt(current, place, text).toString('base64url')}`;
    },
    open(place, sealed) {
      const [version, keyId = '', body = '', ...rest] = sealed.split(':');
      if (version !== VERSION || rest.length > 0) throw new DecryptionError('It has another form than ours.');
      const key = byId.get(keyId);
      if (!key) throw new DecryptionError(`The key ${keyId} is not in ENCRYPTION_KEYS.`);
      return decrypt(key, place, Buffer.from(body, 'base64url'));
    },
  };
}

function encrypt({ bytes }: EncryptionKey, place: Place, text: string): Buffer {
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv(ALGORITHM, bytes, nonce).setAAD(nameOf(place));
  return Buffer.concat([nonce, cipher.update(text, 'utf8'), cipher.final(), cipher.getAuthTag()]);
}

function decrypt({ id, bytes }: EncryptionKey, place: Place, body: Buffer): string {
  if (body.length < NONCE_BYTES + TAG_BYTES) throw new DecryptionError('It was cut.');
  const text = body.subarray(NONCE_BYTES, -TAG_BYTES);
  try {
    const decipher = createDecipheriv(ALGORITHM, bytes, body.subarray(0, NONCE_BYTES), { authTagLength: TAG_BYTES })
      .setAAD(nameOf(place))
      .setAuthTag(body.subarray(-TAG_BYTES));
    return Buffer.concat([decipher.update(text), decipher.final()]).toString('utf8');
  } catch {
    // OpenSSL does not tell these apart, and its own words help nobody.
    throw new DecryptionError(`The key ${id} is another one now, or it was changed or belongs to another row.`);
  }
}

function nameOf({ table, column, rowId }: Place): Buffer {
  return Buffer.from(`${table}:${column}:${rowId}`);
}
