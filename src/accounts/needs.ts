import type { Channels } from '../channels/channel.ts';
import type { AccountCheck } from './check.ts';

/** What actions on accounts work with. */
export interface AccountNeeds {
  /** Looks whether an account's credentials would be taken; null: 503. */
  checkAccount: AccountCheck | null;
  /** The channels that are switched on. */
  channels: Channels;
}
