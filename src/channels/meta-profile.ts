/** Who an account is, as Meta says. */
export interface MetaProfile {
  id: string;
  username: string;
  name: string;
  pictureUrl: string | null;
  followers: number | null;
}

/** Asks Meta who an account is; `fault` says why it does not tell, in words for the panel. */
export type MetaProfileReader = (
  channel: string,
  accountExternalId: string,
) => Promise<MetaProfile | { fault: string }>;
