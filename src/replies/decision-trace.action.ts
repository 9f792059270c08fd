import { z } from 'zod';
import { conversations } from '../conversations/conversations.resource.ts';
import { outboundMessageRecord, outboundMessages } from '../outbox/resource.ts';
import { defineAction } from '../platform/http/actions/action.ts';
import { findOwned } from '../platform/http/actions/find-owned.ts';
import { id, isoOrNull, nullableTime, time } from '../platform/http/resources/record-parts.ts';
import { loadSurroundings } from './decision-trace-store.ts';
import { decisionRecord, decisions } from './decisions.resource.ts';

export const whyAnswer = z.object({
  decision: decisionRecord,
  facts: z.unknown(),
  conversation: z.object({ id, channel: z.string(), contactName: z.string(), workflowUrl: z.string() }),
  messages: z.array(
    z.object({
      id,
      kind: z.string(),
      text: z.string(),
      sentAt: time,
      receivedAt: nullableTime,
      dispatchedAt: nullableTime,
    }),
  ),
  prompts: z.array(
    z.object({ resource: z.enum(['prompts', 'prompt-versions']), id, language: z.string(), kind: z.string() }),
  ),
  followUp: z.object({ id, state: z.string(), dueAt: time, reason: z.string() }).nullable(),
  tickets: z.array(z.object({ id, state: z.string(), reason: z.string() })),
  sends: z.array(outboundMessageRecord),
});

/** So many rows of the ledger can one answer hardly have. */
const MAX_SENDS = 50;

export const decisionWhy = defineAction({
  method: 'get',
  path: '/api/decisions/:id/why',
  summary: 'Everything about one answer in one piece: messages, prompt, facts, checks, cost, times, proof of sending.',
  permission: 'view-messages',
  status: 200,
  response: whyAnswer,
  async run({ deps, principal, id: decisionId }) {
    const row = await findOwned(deps, decisions, principal, decisionId);
    const conversation = await findOwned(deps, conversations, principal, row.conversationId);
    const { messages, prompts, followUp, tickets } = await loadSurroundings(deps.db, row);
    const sends = await Promise.all(
      row.outbound.slice(0, MAX_SENDS).map((outbound) => findOwned(deps, outboundMessages, principal, outbound.id)),
    );
    const shown = conversations.present(conversation, deps.presentContext);
    return {
      decision: decisions.present(row, deps.presentContext),
      facts: row.facts,
      conversation: {
        id: conversation.id,
        channel: conversation.channel,
        contactName: conversation.contact.name || conversation.contact.externalId,
        workflowUrl: shown.workflowUrl,
      },
      messages: messages.map((message) => ({
        ...message,
        sentAt: message.sentAt.toISOString(),
        receivedAt: isoOrNull(message.receivedAt),
        dispatchedAt: isoOrNull(message.dispatchedAt),
      })),
      prompts,
      followUp: followUp && { ...followUp, dueAt: followUp.dueAt.toISOString() },
      tickets,
      sends: sends.map((send) => outboundMessages.present(send, deps.presentContext)),
    };
  },
});
