import { z } from 'zod';
import { findLastBurst } from '../conversations/inbox-actions-store.ts';
import { actionsOf } from '../platform/http/actions/action.ts';
import { findOwned } from '../platform/http/actions/find-owned.ts';
import type { ReplyNeeds } from './needs.ts';

const defineAction = actionsOf<ReplyNeeds>();

const proposed = z.object({ proposal: z.object({ text: z.string(), action: z.string() }), replaced: z.boolean() });

export const replyDraft = defineAction({
  method: 'post',
  path: '/api/conversations/:id/draft',
  summary:
    'What the bot would answer now, checked like an answer, for a person to read, change and send. Stores nothing.',
  permission: 'send-messages',
  body: z.strictObject({}),
  status: 200,
  /** Empty when the bot would say nothing. `replaced`: checks put a safe text in the place of the model's. */
  response: z.object({ text: z.string(), replaced: z.boolean() }),
  async run({ deps, principal, id }) {
    const { businessId } = await findOwned(deps, 'conversation', principal, id);
    const answers = await findLastBurst(deps.db, id);
    const { reply } = await deps.simulateReply({ businessId, conversationId: id, answers });
    const { proposal, replaced } = proposed.parse(reply);
    return { text: proposal.action === 'silent' ? '' : proposal.text, replaced };
  },
});
