import { z } from 'zod';
import { refOf } from '../conversations/conversation-ref.ts';
import type { ConversationRef } from '../conversations/gateway.ts';
import type { ConversationNeeds } from '../conversations/needs.ts';
import type { AuditAction } from '../platform/audit/audit-store.ts';
import { ConflictError, InvalidInputError } from '../platform/errors.ts';
import { type ActionContext, actionsOf } from '../platform/http/actions/action.ts';
import { findOwned } from '../platform/http/actions/find-owned.ts';
import { entryOf, withAudit } from '../platform/http/resources/audited.ts';
import { followUpRecord, followUps } from './resource.ts';

const defineAction = actionsOf<ConversationNeeds>();

/** Asks the workflow, which owns the timer, then answers with the follow-up as it is now. */
async function change(
  { deps, principal, id }: ActionContext<unknown, unknown, ConversationNeeds>,
  action: AuditAction,
  ask: (ref: ConversationRef) => Promise<void>,
) {
  const row = await findOwned(deps, followUps, principal, id);
  if (row.state !== 'pending')
    throw new ConflictError(`Only a pending follow-up can be changed; this one is ${row.state}.`);
  const conversation = await findOwned(deps, 'conversation', principal, row.conversationId);
  const shown = ({ conversationId, state, dueAt }: typeof row) => ({ conversationId, state, dueAt });
  const act = async () => {
    await ask(refOf(conversation));
    return findOwned(deps, followUps, principal, id);
  };
  const entry = { ...entryOf(followUps, row, principal, action), before: shown(row) };
  return followUps.present(await withAudit(deps.db, entry, act, shown), deps.presentContext);
}

export const cancelFollowUp = defineAction({
  method: 'post',
  path: '/api/followups/:id/cancel',
  summary: 'The follow-up will not be sent.',
  permission: 'manage-followups',
  body: z.strictObject({}),
  status: 200,
  response: followUpRecord,
  run: (context) =>
    change(context, 'cancel', (ref) => context.deps.conversations.cancelFollowUp(ref, { followUpId: context.id })),
});

export const rescheduleFollowUp = defineAction({
  method: 'post',
  path: '/api/followups/:id/reschedule',
  summary: 'The follow-up will be sent at another time.',
  permission: 'manage-followups',
  body: z.strictObject({ dueAt: z.iso.datetime({ offset: true }) }),
  status: 200,
  response: followUpRecord,
  run(context) {
    const { deps, id, body } = context;
    const dueAtMs = Date.parse(body.dueAt);
    if (dueAtMs <= deps.clock()) throw new InvalidInputError('The time is past.', { dueAt: 'Must lie in the future.' });
    return change(context, 'reschedule', (ref) =>
      deps.conversations.rescheduleFollowUp(ref, { followUpId: id, dueAtMs }),
    );
  },
});
