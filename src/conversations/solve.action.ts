import { z } from 'zod';
import { appendAudit } from '../platform/audit/audit-store.ts';
import { defineAction } from '../platform/http/actions/action.ts';
import { findOwned } from '../platform/http/actions/find-owned.ts';
import { entryOf } from '../platform/http/resources/audited.ts';
import { tickets } from '../tickets/resource.ts';
import { conversationRecord, conversations } from './conversations.resource.ts';
import { findOpenTickets, solveConversation } from './inbox-actions-store.ts';

export const solve = defineAction({
  method: 'post',
  path: '/api/conversations/:id/solve',
  summary:
    'Nothing in it waits for a person any more: its open tickets are solved, whether or not the customer was answered.',
  permission: 'manage-tickets',
  body: z.strictObject({}),
  status: 200,
  response: conversationRecord,
  run({ deps, principal, id }) {
    return deps.db.$transaction(async (tx) => {
      const row = await findOwned({ db: tx }, conversations, principal, id);
      const shown = ({ needsHuman, waitingSince }: typeof row) => ({ needsHuman, waitingSince });
      for (const ticketId of await findOpenTickets(tx, id)) {
        const ticket = await findOwned({ db: tx }, tickets, principal, ticketId);
        const entry = { ...entryOf(tickets, ticket, principal, 'update'), before: { state: ticket.state } };
        await appendAudit(tx, { ...entry, after: { state: 'solved' } });
      }
      await solveConversation(tx, id);
      const after = await findOwned({ db: tx }, conversations, principal, id);
      const entry = { ...entryOf(conversations, row, principal, 'update'), before: shown(row) };
      if (row.needsHuman) await appendAudit(tx, { ...entry, after: shown(after) });
      return conversations.present(after, deps.presentContext);
    });
  },
});
