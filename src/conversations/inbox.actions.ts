import { v7 as uuidv7 } from 'uuid';
import { z } from 'zod';
import { type AuditAction, appendAudit } from '../platform/audit/audit-store.ts';
import { isColleague } from '../platform/auth/auth-store.ts';
import type { Queries } from '../platform/database/client.ts';
import { InvalidInputError } from '../platform/errors.ts';
import { type ActionContext, actionsOf } from '../platform/http/actions/action.ts';
import { findOwned } from '../platform/http/actions/find-owned.ts';
import { entryOf, withAudit } from '../platform/http/resources/audited.ts';
import { refOf } from './conversation-ref.ts';
import { type ConversationRow, conversationRecord, conversations } from './conversations.resource.ts';
import { findLabels, findPendingSnooze, setConversationLabels, setUnread } from './inbox-actions-store.ts';
import type { ConversationNeeds } from './needs.ts';

const defineAction = actionsOf<ConversationNeeds>();

type Row = ConversationRow;
const empty = z.strictObject({});

/** What of a conversation the inbox changes, for the audit log. */
function shown({ assigneeId, labels, unreadCount, snoozedUntil }: Row) {
  return { assigneeId, labels: labels.map(({ label }) => label.name), unreadCount, snoozedUntil };
}

/** Changes the conversation's row and writes who did it, together; then answers with the row as it is now. */
function change(
  { deps, principal, id }: ActionContext<unknown, unknown, ConversationNeeds>,
  action: AuditAction,
  write: (tx: Queries, row: Row) => Promise<void>,
) {
  return deps.db.$transaction(async (tx) => {
    const row = await findOwned({ db: tx }, conversations, principal, id);
    await write(tx, row);
    const after = await findOwned({ db: tx }, conversations, principal, id);
    const entry = { ...entryOf(conversations, row, principal, action), before: shown(row), after: shown(after) };
    if (JSON.stringify(entry.before) !== JSON.stringify(entry.after)) await appendAudit(tx, entry);
    return conversations.present(after, deps.presentContext);
  });
}

export const assign = defineAction({
  method: 'post',
  path: '/api/conversations/:id/assign',
  summary: 'Gives the conversation to somebody who works here; null gives it back to everybody.',
  permission: 'manage-conversations',
  body: z.strictObject({ userId: z.uuid().nullable() }),
  status: 200,
  response: conversationRecord,
  run: (context) =>
    change(context, 'assign', async (tx, { id, businessId }) => {
      const assigneeId = context.body.userId?.toLowerCase() ?? null;
      if (assigneeId !== null && !(await isColleague(tx, businessId, assigneeId))) {
        const fault = 'There is no active user of this id.';
        throw new InvalidInputError(fault, { userId: fault });
      }
      await tx.conversation.update({ where: { id }, data: { assigneeId } });
    }),
});

export const setLabels = defineAction({
  method: 'post',
  path: '/api/conversations/:id/labels',
  summary: 'Gives the conversation these labels, by name, and no others.',
  permission: 'manage-conversations',
  body: z.strictObject({ labels: z.array(z.string().trim().min(1).max(50)).max(20) }),
  status: 200,
  response: conversationRecord,
  run: (context) =>
    change(context, 'label', async (tx, { id, businessId }) => {
      const names = [...new Set(context.body.labels)];
      const found = await findLabels(tx, businessId, names);
      const missing = names.filter((name) => !found.some((label) => label.name === name));
      if (missing.length > 0) {
        const fault = `There is no label ${missing.join(', ')}.`;
        throw new InvalidInputError(fault, { labels: fault });
      }
      await setConversationLabels(
        tx,
        id,
        found.map((label) => label.id),
      );
    }),
});

export const markRead = defineAction({
  method: 'post',
  path: '/api/conversations/:id/read',
  summary: 'Its messages have been seen.',
  permission: 'view-messages',
  body: empty,
  status: 200,
  response: conversationRecord,
  run: (context) => change(context, 'read', (tx, { id }) => setUnread(tx, id, false)),
});

export const markUnread = defineAction({
  method: 'post',
  path: '/api/conversations/:id/unread',
  summary: 'Somebody is to look at it again.',
  permission: 'view-messages',
  body: empty,
  status: 200,
  response: conversationRecord,
  run: (context) => change(context, 'unread', (tx, { id }) => setUnread(tx, id, true)),
});

export const snooze = defineAction({
  method: 'post',
  path: '/api/conversations/:id/snooze',
  summary: 'Puts the conversation aside until then, or until the customer writes. Null brings it back now.',
  permission: 'manage-conversations',
  body: z.strictObject({ until: z.iso.datetime({ offset: true }).nullable() }),
  status: 200,
  response: conversationRecord,
  async run({ deps, principal, id, body }) {
    const dueAtMs = body.until === null ? null : Date.parse(body.until);
    if (dueAtMs !== null && dueAtMs <= deps.clock())
      throw new InvalidInputError('The time is past.', { until: 'Must lie in the future.' });
    const row = await findOwned(deps, conversations, principal, id);
    const act = async () => {
      const timerId = dueAtMs === null ? await findPendingSnooze(deps.db, id) : null;
      if (timerId !== null) await deps.conversations.cancelTimer(refOf(row), { timerId });
      if (dueAtMs !== null)
        await deps.conversations.setTimer(refOf(row), {
          timer: { id: uuidv7(), kind: 'snooze', dueAtMs },
          createdBy: principal.actor,
        });
      return findOwned(deps, conversations, principal, id);
    };
    const entry = { ...entryOf(conversations, row, principal, 'snooze'), before: shown(row) };
    return conversations.present(await withAudit(deps.db, entry, act, shown), deps.presentContext);
  },
});
