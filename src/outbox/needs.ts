import type { Channels } from '../channels/channel.ts';
import type { AccountCredentials } from '../channels/credentials.ts';
import type { ConversationNeeds } from '../conversations/needs.ts';
import type { PublicMediaUrl } from '../platform/uploads/addresses.ts';
import type { ShowProduct } from './message-contents.ts';

/** What actions on messages that people send work with. */
export interface OutboxNeeds extends ConversationNeeds {
  channels: Channels;
  credentials: Pick<AccountCredentials, 'of'>;
  publicMediaUrl: PublicMediaUrl;
  showProduct: ShowProduct;
}
