import { z } from 'zod';
import type { AuditAction } from '../platform/audit/audit-store.ts';
import { ConflictError, InvalidInputError } from '../platform/errors.ts';
import { type ActionContext, actionsOf } from '../platform/http/actions/action.ts';
import { findOwned } from '../platform/http/actions/find-owned.ts';
import { entryOf, withAudit } from '../platform/http/resources/audited.ts';
import { refOf } from './conversation-ref.ts';
import { conversations } from './conversations.resource.ts';
import type { ConversationRef } from './gateway.ts';
import type { ConversationNeeds } from './needs.ts';
import { timerRecord, timers } from './timers.resource.ts';

const defineAction = actionsOf<ConversationNeeds>();

/** Asks the workflow, which owns the timer, then answers with the timer as it is now. */
async function change(
  { deps, principal, id }: ActionContext<unknown, unknown, ConversationNeeds>,
  action: AuditAction,
  ask: (ref: ConversationRef) => Promise<void>,
) {
  const row = await findOwned(deps, timers, principal, id);
  if (row.state !== 'pending')
    throw new ConflictError(`Only a pending timer can be changed; this one is ${row.state}.`);
  const conversation = await findOwned(deps, conversations, principal, row.conversationId);
  const shown = ({ conversationId, kind, state, dueAt, outboundIds }: typeof row) => ({
    ...{ conversationId, kind, state, dueAt },
    ...(outboundIds.length > 0 ? { outboundIds } : {}),
  });
  const act = async () => {
    await ask(refOf(conversation));
    return findOwned(deps, timers, principal, id);
  };
  const entry = { ...entryOf(timers, row, principal, action), before: shown(row) };
  return timers.present(await withAudit(deps.db, entry, act, shown), deps.presentContext);
}

export const cancelTimer = defineAction({
  method: 'post',
  path: '/api/timers/:id/cancel',
  summary: 'It will not happen; a message that was to be sent then is blocked.',
  permission: 'manage-conversations',
  body: z.strictObject({}),
  status: 200,
  response: timerRecord,
  run: (context) =>
    change(context, 'cancel', (ref) => context.deps.conversations.cancelTimer(ref, { timerId: context.id })),
});

export const rescheduleTimer = defineAction({
  method: 'post',
  path: '/api/timers/:id/reschedule',
  summary: 'It will happen at another time.',
  permission: 'manage-conversations',
  body: z.strictObject({ dueAt: z.iso.datetime({ offset: true }) }),
  status: 200,
  response: timerRecord,
  run(context) {
    const { deps, id, body } = context;
    const dueAtMs = Date.parse(body.dueAt);
    if (dueAtMs <= deps.clock()) throw new InvalidInputError('The time is past.', { dueAt: 'Must lie in the future.' });
    return change(context, 'reschedule', (ref) => deps.conversations.rescheduleTimer(ref, { timerId: id, dueAtMs }));
  },
});
