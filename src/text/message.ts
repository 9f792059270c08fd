/** What a customer, the shop or the bot said, in words that no channel owns. */

export const MESSAGE_KINDS = [
  'text',
  'image',
  'video',
  'audio',
  'file',
  'quick_reply',
  'postback',
  'sticker',
  'share',
  'story_reply',
  'unsupported',
] as const;
export type MessageKind = (typeof MESSAGE_KINDS)[number];

export type OutboundAuthor = 'bot' | 'human' | 'campaign' | 'follow-up';
export type OutboundState = 'planned' | 'sending' | 'sent' | 'rejected' | 'unknown' | 'blocked';
export type ConversationMode = 'bot' | 'human' | 'paused';
export type ConversationStatus = 'open' | 'window_closed' | 'closed';
export type Language = 'fa' | 'en';

/** A picture, film, sound or file as the provider names it. `url` is the provider's, and may expire. */
export interface Media {
  kind: 'image' | 'video' | 'audio' | 'file';
  url: string;
}

/** What a customer does to a message after it was said. `externalId` is the channel's id of that message. */
export type MessageChange =
  /** Null takes the reaction back; a customer has one reaction on a message at most. */
  | { kind: 'reaction'; externalId: string; emoji: string | null }
  /** What the message says from now on. */
  | { kind: 'edit'; externalId: string; text: string }
  | { kind: 'unsend'; externalId: string };

/** A text that an edit replaced. */
export interface FormerText {
  text: string;
  /** When it was said, ISO 8601 in UTC. */
  at: string;
}

export interface Button {
  type: 'web_url' | 'postback';
  /** At most 20 characters on most channels; channels shorten at a grapheme. */
  title: string;
  /** For `web_url`. */
  url?: string;
  /** For `postback`. */
  payload?: string;
}

export interface QuickReply {
  title: string;
  payload: string;
}

export interface Card {
  title: string;
  subtitle?: string;
  imageUrl?: string;
  buttons?: Button[];
}

/** One thing to send. A channel turns it into its provider's request, or into text where the channel cannot. */
export type OutboundContent =
  | { kind: 'text'; text: string }
  | { kind: 'image' | 'video' | 'audio'; url: string; text?: string }
  | { kind: 'buttons'; text: string; buttons: Button[] }
  | { kind: 'quick_replies'; text: string; quickReplies: QuickReply[] }
  | { kind: 'cards'; cards: Card[]; text?: string };

/** The words of a content: what the transcript shows, and what an echo of it repeats. */
export function textOf(content: OutboundContent): string {
  switch (content.kind) {
    case 'text':
    case 'buttons':
    case 'quick_replies':
      return content.text;
    case 'image':
    case 'video':
    case 'audio':
      return content.text ?? '';
    case 'cards':
      return content.text ?? content.cards.map((card) => card.title).join('\n');
  }
}
