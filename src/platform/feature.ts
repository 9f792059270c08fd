import type { EncryptedColumn } from './encryption/encrypted-column.ts';
import type { AnyAction } from './http/actions/action.ts';
import type { AnyResource } from './http/resources/resource.ts';

/** What a feature gives to the whole. What it does not have, it does not mention. */
export interface Feature {
  name: string;
  /** Under `/api`: router, document and permission matrix are made from them. */
  resources?: readonly AnyResource[];
  /** What can be done besides reading and editing records. */
  actions?: readonly AnyAction[];
  /** Where it keeps secrets, sealed with the key ring. */
  encryptedColumns?: readonly EncryptedColumn[];
}
