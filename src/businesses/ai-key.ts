import type { KeyRing, Place } from '../platform/encryption/key-ring.ts';

const TABLE = 'business_settings';
const COLUMN = 'ai_key';

/** Where the keys of models are kept, for `peyk rotate-keys`. */
export const AI_KEY = { table: TABLE, column: COLUMN, idColumn: 'business_id' } as const;

const placeOf = (businessId: string): Place => ({ table: TABLE, column: COLUMN, rowId: businessId });

/** A business's own key of a model provider, as its row keeps it. */
export function sealAiKey(keyRing: KeyRing, businessId: string, key: string): string {
  return keyRing.seal(placeOf(businessId), key);
}

/** Throws DecryptionError. */
export function openAiKey(keyRing: KeyRing, businessId: string, sealed: string): string {
  return keyRing.open(placeOf(businessId), sealed);
}
