import type { z } from 'zod';
import type { contactRecord } from '../../src/contacts/resource.ts';
import type { cannedReplyRecord } from '../../src/conversations/canned-replies.resource.ts';
import type { conversationRecord } from '../../src/conversations/conversations.resource.ts';
import type { labelRecord } from '../../src/conversations/labels.resource.ts';
import type { messageRecord } from '../../src/conversations/messages.resource.ts';
import type { noteRecord } from '../../src/conversations/notes.resource.ts';
import type { savedFilterRecord } from '../../src/conversations/saved-filters.resource.ts';
import type { timerRecord } from '../../src/conversations/timers.resource.ts';
import type { followUpRecord } from '../../src/follow-ups/resource.ts';
import type { inboundEventRecord } from '../../src/inbox/inbound-events.resource.ts';
import type { orderRecord } from '../../src/orders/resource.ts';
import type { outboundMessageRecord } from '../../src/outbox/resource.ts';
import type { decisionRecord } from '../../src/replies/decisions.resource.ts';
import type { colleagueRecord } from '../../src/team/colleagues.resource.ts';
import type { MessageKind, OutboundContent } from '../../src/text/message.ts';
import type { ticketRecord } from '../../src/tickets/resource.ts';

/** The rows of the API as the panel reads them: what the resources say that they present. */
export type Conversation = z.output<typeof conversationRecord>;
/** `content`: what was sent beyond the text, such as buttons and cards. */
export type Message = Omit<z.output<typeof messageRecord>, 'kind' | 'content'> & {
  kind: MessageKind;
  content: OutboundContent | null;
};
/** With our own address for it, by which nobody else learns who looks; null where there is only a link. */
export type ShownMedia = Message['media'][number];
export type OutboundMessage = z.output<typeof outboundMessageRecord>;
export type FollowUp = z.output<typeof followUpRecord>;
export type InboundEvent = z.output<typeof inboundEventRecord>;
export type Ticket = z.output<typeof ticketRecord>;
export type Contact = z.output<typeof contactRecord>;
export type Note = z.output<typeof noteRecord>;
export type Label = z.output<typeof labelRecord>;
export type CannedReply = z.output<typeof cannedReplyRecord>;
export type SavedFilter = z.output<typeof savedFilterRecord>;
export type Timer = z.output<typeof timerRecord>;
export type Decision = z.output<typeof decisionRecord>;
export type Order = z.output<typeof orderRecord>;
export type Colleague = z.output<typeof colleagueRecord>;
