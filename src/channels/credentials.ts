/** Credentials, and whose: null for those of the settings, which are the installation's. */
export interface OwnedCredentials {
  businessId: string | null;
  credentials: unknown;
}

/** Where credentials of accounts come from. What it gives has passed the schema of its channel. */
export interface AccountCredentials {
  /** Of one account; null while it has none. */
  of(channel: string, accountExternalId: string): Promise<unknown | null>;
  /** Of all accounts of a channel, with their owners. */
  owned(channel: string): Promise<OwnedCredentials[]>;
}
