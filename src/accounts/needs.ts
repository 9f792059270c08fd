import type { Channels } from '../channels/channel.ts';
import type { AccountCheck } from './check.ts';
import type { MetaProfileReader } from './meta-profile.ts';

/** What actions on accounts work with. */
export interface AccountNeeds {
  /** Looks whether an account's credentials would be taken; null: 503. */
  checkAccount: AccountCheck | null;
  /** Reads who an account is at Meta; null: 503. */
  readMetaProfile: MetaProfileReader | null;
  /** The channels that are switched on. */
  channels: Channels;
}
