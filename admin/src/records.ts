import type {
  ConversationMode,
  ConversationStatus,
  Direction,
  Media,
  MessageAuthor,
  MessageKind,
  OutboundAuthor,
  OutboundState,
} from '../../src/domain/message.ts';

/** The rows of the API as the panel reads them. Times are ISO 8601 strings in UTC. */
interface Row {
  id: string;
  createdAt: string;
}

/** Who a row is about; every row below a conversation carries it, so that no list needs a second request. */
interface OfContact {
  contactId: string;
  contactName: string;
  contactExternalId: string;
  channel: string;
}

export interface Conversation extends Row, OfContact {
  status: ConversationStatus;
  mode: ConversationMode;
  modeUntil: string | null;
  lastMessageAt: string;
  lastMessageText: string;
  lastUserMessageAt: string | null;
  windowExpiresAt: string | null;
  followUpDueAt: string | null;
  workflowId: string;
  workflowUrl: string;
}

interface OfConversation extends Row, OfContact {
  conversationId: string;
}

export interface Message extends OfConversation {
  direction: Direction;
  author: MessageAuthor;
  kind: MessageKind;
  text: string;
  media: Media[];
  externalId: string | null;
  outboundId: string | null;
}

export interface OutboundMessage extends OfConversation {
  state: OutboundState;
  author: OutboundAuthor;
  text: string;
  attempts: number;
  externalId: string | null;
  reason: string;
}

export interface FollowUp extends OfConversation {
  state: 'pending' | 'sent' | 'cancelled' | 'failed';
  reason: string;
  text: string;
  dueAt: string;
}

export interface InboundEvent extends OfConversation {
  kind: string;
  receivedAt: string;
  dispatchedAt: string | null;
  replayCount: number;
}

export interface Ticket extends OfConversation {
  state: 'open' | 'solved';
  reason: string;
  note: string;
}

export interface Contact extends Row {
  externalId: string;
  name: string;
  language: string | null;
  optedOutAt: string | null;
  channel: string;
  conversationId: string | null;
}
