import { z } from 'zod';
import type { AuditAction } from '../platform/audit/audit-store.ts';
import { type ActionContext, actionsOf } from '../platform/http/actions/action.ts';
import { findOwned } from '../platform/http/actions/find-owned.ts';
import { entryOf, withAudit } from '../platform/http/resources/audited.ts';
import { refOf } from './conversation-ref.ts';
import { conversationRecord, conversations } from './conversations.resource.ts';
import type { ConversationGateway } from './gateway.ts';
import type { ConversationNeeds } from './needs.ts';

const defineAction = actionsOf<ConversationNeeds>();

const HOUR_MS = 3_600_000;
const empty = z.strictObject({});

type Change = (gateway: ConversationGateway, ref: ReturnType<typeof refOf>) => Promise<void>;

/** Asks the workflow, which owns the mode, then answers with the conversation as it is now. */
async function change(
  { deps, principal, id }: ActionContext<unknown, unknown, ConversationNeeds>,
  action: AuditAction,
  ask: Change,
) {
  const row = await findOwned(deps, conversations, principal, id);
  const shown = ({ mode, modeUntil, status }: typeof row) => ({ mode, modeUntil, status });
  const act = async () => {
    await ask(deps.conversations, refOf(row));
    return findOwned(deps, conversations, principal, id);
  };
  const entry = { ...entryOf(conversations, row, principal, action), before: shown(row) };
  return conversations.present(await withAudit(deps.db, entry, act, shown), deps.presentContext);
}

export const takeOver = defineAction({
  method: 'post',
  path: '/api/conversations/:id/takeover',
  summary: 'A person takes the conversation; the bot stays silent until it is released or the time is over.',
  permission: 'manage-conversations',
  body: z.strictObject({ hours: z.number().positive().max(8760).optional() }),
  status: 200,
  response: conversationRecord,
  run(context) {
    const { hours } = context.body;
    const until = hours === undefined ? {} : { untilMs: Math.round(context.deps.clock() + hours * HOUR_MS) };
    return change(context, 'takeover', (gateway, ref) => gateway.takeOver(ref, until));
  },
});

export const release = defineAction({
  method: 'post',
  path: '/api/conversations/:id/release',
  summary: 'Hands the conversation back to the bot.',
  permission: 'manage-conversations',
  body: empty,
  status: 200,
  response: conversationRecord,
  run: (context) => change(context, 'release', (gateway, ref) => gateway.release(ref)),
});

export const close = defineAction({
  method: 'post',
  path: '/api/conversations/:id/close',
  summary: 'Ends the conversation; the next message of the customer opens it again.',
  permission: 'manage-conversations',
  body: empty,
  status: 200,
  response: conversationRecord,
  run: (context) => change(context, 'close', (gateway, ref) => gateway.close(ref)),
});
