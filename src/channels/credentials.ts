/** The secrets of the shop's accounts: what signs their webhooks and opens their sends. */
export interface AccountCredentials {
  /** Of one account; null when it has none. */
  of(channel: string, accountExternalId: string): Promise<unknown | null>;
  /** Of every account of a channel. */
  all(channel: string): Promise<unknown[]>;
}
