/** Where the key travels; which of the places the gateway reads is not documented. */
export type AuthPlace = 'headers' | 'body' | 'query';

export interface DirectamSettings {
  /** Null: webhooks are taken, sends are rejected as `not_configured`. */
  baseUrl: string | null;
  /** Path put before `/send/…`, if the gateway wants one. */
  sendPrefix?: string;
  apiKey: string | null;
  /** Null: webhooks are accepted unsigned, unless they must be signed. */
  webhookSecret: string | null;
  /** Refuses every webhook while no account has a secret. */
  mustBeSigned?: boolean;
  /** Time for one send, connecting included; 20 seconds unless told. */
  timeoutMs?: number;
  /** Every place unless told. */
  authPlacement?: 'all' | AuthPlace[];
}
