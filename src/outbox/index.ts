import type { Feature } from '../platform/feature.ts';
import { chatMessage } from './chat-message.action.ts';
import { outboxFigures } from './figures.ts';
import { outboxHealth } from './health.ts';
import type { OutboxNeeds } from './needs.ts';
import { outboundMessages } from './resource.ts';
import { markSent, sendAgain } from './settle.actions.ts';

/** The send ledger and what people send. */
export const outboxFeature: Feature<OutboxNeeds> = {
  name: 'outbox',
  resources: [outboundMessages],
  actions: [chatMessage, markSent, sendAgain],
  health: outboxHealth,
  figures: outboxFigures,
  // As `outbound_messages_upload_idx` has it.
  uploadUses: [{ table: 'outbound_messages', reference: "content->>'url'" }],
};
