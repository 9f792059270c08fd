import type { Channels } from '../channels/channel.ts';
import type { MetaProfileReader } from '../channels/meta-profile.ts';
import type { MockGraph } from '../channels/mock-graph.ts';
import type { AccountCheck } from './check.ts';

/** What actions on accounts work with. */
export interface AccountNeeds {
  /** Looks whether an account's credentials would be taken; null: 503. */
  checkAccount: AccountCheck | null;
  /** Reads who an account is at Meta; null: 503. */
  readMetaProfile: MetaProfileReader | null;
  /** Stands in for Meta; null: nobody does. */
  mockGraph: MockGraph | null;
  /** The channels that are switched on. */
  channels: Channels;
}
