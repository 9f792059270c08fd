import { z } from 'zod';
import { InvalidInputError } from '../platform/errors.ts';
import { actionsOf } from '../platform/http/actions/action.ts';
import { findOwned } from '../platform/http/actions/find-owned.ts';
import type { ReplyNeeds } from './needs.ts';

const defineAction = actionsOf<ReplyNeeds>();

/** Prices are whole numbers without a limit, which JSON does not know: they leave as text. */
function toPlain(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value, (_key, part: unknown) => (typeof part === 'bigint' ? String(part) : part)));
}

export const aiContext = defineAction({
  method: 'get',
  path: '/admin/ai/context',
  summary: 'What the model would be given for the next answer in a conversation.',
  permission: 'view-messages',
  query: z.object({ conversation_id: z.uuid() }),
  status: 200,
  response: z.object({ conversation_id: z.uuid(), context: z.unknown() }),
  async run({ deps, principal, query }) {
    const { id: conversationId, businessId } = await findOwned(
      deps,
      'conversation',
      principal,
      query.conversation_id.toLowerCase(),
    );
    const question = { businessId, conversationId };
    const context = await deps.readAiContext(question);
    return { conversation_id: conversationId, context: toPlain(context) };
  },
});

export const simulateReply = defineAction({
  method: 'post',
  path: '/admin/ai/simulate_reply',
  summary: 'What the bot would answer: to the conversation as it is, or to a text. Nothing is stored or sent.',
  permission: 'use-simulator',
  body: z.strictObject({ conversation_id: z.uuid().optional(), text: z.string().trim().min(1).max(20_000).optional() }),
  status: 200,
  response: z.object({ context: z.unknown(), reply: z.unknown() }),
  async run({ deps, principal, body }) {
    const { conversation_id: given, text } = body;
    if (given === undefined && text === undefined) {
      throw new InvalidInputError('Give a conversation_id, a text, or both.', {
        text: 'Give this or conversation_id.',
      });
    }
    const row = given === undefined ? null : await findOwned(deps, 'conversation', principal, given.toLowerCase());
    const { context, reply } = await deps.simulateReply({
      businessId: principal.businessId,
      ...(row ? { conversationId: row.id } : {}),
      ...(text === undefined ? {} : { text }),
    });
    return { context: toPlain(context), reply };
  },
});
