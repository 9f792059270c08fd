import { z } from 'zod';
import { conversations } from '../conversations/conversations.resource.ts';
import { appendAudit } from '../platform/audit/audit-store.ts';
import { ConflictError } from '../platform/errors.ts';
import { actionsOf } from '../platform/http/actions/action.ts';
import { findOwned } from '../platform/http/actions/find-owned.ts';
import { entryOf } from '../platform/http/resources/audited.ts';
import type { OutboundContent } from '../text/message.ts';
import { planManual, sendPlanned } from './manual-send.ts';
import type { OutboxNeeds } from './needs.ts';
import { lockForResend } from './resend-store.ts';
import { outboundMessageRecord, outboundMessages } from './resource.ts';
import { assertUnknown, markOutboundSent, noteSentAgain } from './store.ts';
import { solveSettledTickets } from './undelivered-store.ts';

const defineAction = actionsOf<OutboxNeeds>();

const empty = z.strictObject({});
const RESENDABLE = ['unknown', 'rejected', 'blocked'];

export const markSent = defineAction({
  method: 'post',
  path: '/api/outbound-messages/:id/mark-sent',
  summary: 'A person has seen that a message whose outcome was unknown did arrive.',
  permission: 'send-messages',
  body: empty,
  status: 200,
  response: outboundMessageRecord,
  async run({ deps, principal, id }) {
    const row = await findOwned(deps, outboundMessages, principal, id);
    assertUnknown(row.state);
    await deps.db.$transaction(async (tx) => {
      const proof = { externalId: null, httpStatus: null, settledBy: principal.actor, from: ['unknown' as const] };
      if (!(await markOutboundSent(tx, id, proof))) throw new ConflictError('It has been settled in the meantime.');
      const change = { before: { state: row.state }, after: { state: 'sent' } };
      await appendAudit(tx, { ...entryOf(outboundMessages, row, principal, 'mark_sent'), ...change });
    });
    await solveSettledTickets(deps.db, row.conversationId);
    return outboundMessages.present(await findOwned(deps, outboundMessages, principal, id), deps.presentContext);
  },
});

export const sendAgain = defineAction({
  method: 'post',
  path: '/api/outbound-messages/:id/send-again',
  summary: 'A person decides to send a message once more that did not (or may not have) arrived.',
  permission: 'send-messages',
  body: empty,
  status: 201,
  response: outboundMessageRecord,
  async run({ deps, principal, id }) {
    const original = await findOwned(deps, outboundMessages, principal, id);
    const conversation = await findOwned(deps, conversations, principal, original.conversationId);
    const copyId = await deps.db.$transaction(async (tx) => {
      const { hasOpenResend } = await lockForResend(tx, id);
      if (hasOpenResend) throw new ConflictError('It is being sent again already.');
      if (!RESENDABLE.includes(original.state)) {
        throw new ConflictError(`Only a message that did not arrive can be sent again; this one is ${original.state}.`);
      }
      const content = original.content as unknown as OutboundContent;
      return planManual(tx, principal, { conversation, content, resendOfId: id, action: 'send_again' });
    });
    await sendPlanned(deps, conversation, [copyId]);
    // Only now: one whose copy nobody took still waits for a person.
    await noteSentAgain(deps.db, id, principal.actor);
    await solveSettledTickets(deps.db, conversation.id);
    return outboundMessages.present(await findOwned(deps, outboundMessages, principal, copyId), deps.presentContext);
  },
});
