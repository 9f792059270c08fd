import type { Permission } from './permissions.ts';

/** Who asks: a person who logged in, or a program with a key. */
export interface Principal {
  kind: 'user' | 'api-key';
  /** For the audit log: a user's id, `api-key`, or `api-key:<id>`. */
  actor: string;
  /** Null for keys. */
  userId: string | null;
  username: string;
  role: string;
  businessId: string;
  permissions: ReadonlySet<Permission>;
  /** The login that the access token belongs to. */
  familyId: string | null;
  /** Somebody else made the person's password up. */
  passwordChangeDue: boolean;
  /** The person with whom keys stop that are made now: oneself, or the owner of one's key. Null: nobody. */
  ownerId: string | null;
}
