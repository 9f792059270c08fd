import type { ConversationGateway } from './gateway.ts';

/** What actions on conversations work with. */
export interface ConversationNeeds {
  conversations: ConversationGateway;
}
