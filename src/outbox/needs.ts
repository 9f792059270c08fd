import type { Channels } from '../channels/channel.ts';
import type { ConversationNeeds } from '../conversations/needs.ts';

/** What actions on messages that people send work with. */
export interface OutboxNeeds extends ConversationNeeds {
  channels: Channels;
}
