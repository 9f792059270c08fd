import type { ChannelName, Connector } from '../channels/connector.ts';
import type { ConversationNeeds } from '../conversations/needs.ts';

/** What actions on messages that people send work with. */
export interface OutboxNeeds extends ConversationNeeds {
  connectors: ReadonlyMap<ChannelName, Connector>;
}
