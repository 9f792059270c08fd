import type {
  ConversationMode,
  ConversationStatus,
  Direction,
  FormerText,
  Media,
  MessageAuthor,
  MessageKind,
  OutboundAuthor,
  OutboundContent,
  OutboundState,
} from '../../src/text/message.ts';

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
  unreadCount: number;
  assigneeId: string | null;
  assigneeName: string | null;
  labels: string[];
  snoozedUntil: string | null;
  /** Whether the customer waits for a person, and since when. */
  needsHuman: boolean;
  waitingSince: string | null;
  workflowId: string;
  workflowUrl: string;
}

interface OfConversation extends Row, OfContact {
  conversationId: string;
}

/** With our own address for it, by which nobody else learns who looks; null where there is only a link. */
export interface ShownMedia extends Media {
  shownAt: string | null;
}

export interface Message extends OfConversation {
  direction: Direction;
  author: MessageAuthor;
  /** The colleague who wrote it, if one did. */
  authorName: string | null;
  kind: MessageKind;
  text: string;
  media: ShownMedia[];
  /** The customer's emoji on it. */
  reaction: string | null;
  /** What it said before, oldest first. */
  edits: FormerText[];
  editedAt: string | null;
  /** The customer took it back; it keeps its place and says nothing. */
  unsentAt: string | null;
  /** When the customer read it first, where the channel tells. */
  readAt: string | null;
  externalId: string | null;
  outboundId: string | null;
  /** What was sent beyond the text: buttons, cards. */
  content: OutboundContent | null;
}

export interface OutboundMessage extends OfConversation {
  state: OutboundState;
  author: OutboundAuthor;
  /** The colleague who wrote it, if one did. */
  authorName: string | null;
  text: string;
  attempts: number;
  externalId: string | null;
  reason: string;
  /** Who or what ended it: a colleague, `echo`, `provider`; empty while nothing did. */
  settledBy: string;
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
  /** What colleagues should know; the customer never sees it. */
  note: string;
}

/** What colleagues write to each other beside a chat. It is never sent. */
export interface Note extends Row {
  conversationId: string;
  text: string;
  authorName: string;
}

export interface Label extends Row {
  name: string;
  color: string;
}

export interface CannedReply extends Row {
  /** Typed after a slash, without it. */
  shortcut: string;
  text: string;
  language: string | null;
}

export interface SavedFilter extends Row {
  name: string;
  filter: unknown;
}

export interface Timer extends Row {
  conversationId: string;
  kind: string;
  dueAt: string;
  state: string;
}

export interface Decision extends Row {
  conversationId: string;
  state: string;
  outcome: string;
  intent: string;
  model: string;
  promptName: string;
  promptVersion: string;
  latencyMs: number;
}

export interface Order extends OfConversation {
  number: number;
  state: string;
  nextStates: string[];
  items: { title: string; quantity: number }[];
  /** Null until there is a price. */
  totalText: { fa: string; en: string } | null;
  customerName: string;
  phone: string;
  address: string;
  history: { at: string; actor: string; state: string; outboundId: string | null }[];
}

/** Somebody who works here, by name only. */
export interface Colleague extends Row {
  username: string;
}
