/** What the environment says of Meta's app, and of the one account that it may name. */
export interface MetaSettings {
  /** Of Facebook Login and of pages, without a slash at its end. */
  graphBaseUrl: string;
  /** Of Instagram Login. */
  instagramGraphBaseUrl: string;
  /** As in addresses: `v25.0`. */
  apiVersion: string;
  /** Each may have signed a webhook: the app's, and the one that the dashboard shows for Instagram. */
  appSecrets: readonly string[];
  /** Null: no address is proven ours. */
  verifyToken: string | null;
  /** Takes webhooks unsigned, to find out why a signature does not fit. */
  skipSignature?: boolean;
  /** The page of the variables; null: the token's own. */
  pageId: string | null;
  /** Null: accounts are connected by people only. */
  pageAccessToken: string | null;
  /** Time for one send, connecting included; 20 seconds unless told. */
  timeoutMs?: number;
}
