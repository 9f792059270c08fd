import { v7 as uuidv7 } from 'uuid';
import { refOf } from '../conversations/conversation-ref.ts';
import type { ConversationRow } from '../conversations/conversations.resource.ts';
import { type AuditAction, appendAudit } from '../platform/audit/audit-store.ts';
import type { Principal } from '../platform/auth/principal.ts';
import type { Queries } from '../platform/database/client.ts';
import { ConflictError, UnavailableError } from '../platform/errors.ts';
import type { ActionDeps } from '../platform/http/actions/action.ts';
import { entryOf } from '../platform/http/resources/audited.ts';
import { fingerprintOf } from '../text/fingerprint.ts';
import { type OutboundContent, textOf } from '../text/message.ts';
import type { OutboxNeeds } from './needs.ts';
import { findStandingTry } from './resend-store.ts';
import { outboundMessages } from './resource.ts';
import { noteSentAgain, planManualOutbound, settleOutbound } from './store.ts';

interface Plan {
  /** Chosen by the caller; absent: a new one. */
  id?: string;
  conversation: ConversationRow;
  content: OutboundContent;
  resendOfId?: string;
  action: AuditAction;
  /** For one that waits. */
  sendAt?: Date;
}

/** Writes the row that a person wants sent, and who wanted it. Give it a transaction. Returns its id. */
export async function planManual(db: Queries, principal: Principal, plan: Plan): Promise<string> {
  const { conversation, content, resendOfId, action, sendAt } = plan;
  const { businessId, userId } = principal;
  const id = plan.id ?? uuidv7();
  const text = textOf(content);
  await planManualOutbound(db, {
    id,
    businessId,
    conversationId: conversation.id,
    userId,
    content,
    text,
    fingerprint: fingerprintOf(text),
    ...(resendOfId ? { resendOfId } : {}),
    ...(sendAt ? { sendAfter: sendAt } : {}),
  });
  const after = {
    conversationId: conversation.id,
    text,
    ...('url' in content ? { media: { kind: content.kind, url: content.url } } : {}),
    ...(resendOfId ? { resendOfId } : {}),
    ...(sendAt ? { sendAt: sendAt.toISOString() } : {}),
  };
  const entry = entryOf(outboundMessages, { id, conversation }, principal, action);
  await appendAudit(db, { ...entry, after });
  return id;
}

/** Prices of a product may have changed since the first try; what it is about has not. */
function isSameSaid(one: OutboundContent, other: OutboundContent): boolean {
  const urlOf = (content: OutboundContent) => ('url' in content ? content.url : null);
  return one.kind === other.kind && urlOf(one) === urlOf(other) && textOf(one) === textOf(other);
}

/** The id of the n-th part of the message that a key names: the same in every try, and in the order of the parts. */
export function keyedId(key: string, part: number): string {
  const last = (Number.parseInt(key.slice(-12), 16) + part) % 2 ** 48;
  return key.slice(0, -12) + last.toString(16).padStart(12, '0');
}

/**
 * Plans the parts of a message that is to be said once however often it is tried: a part that an earlier try planned is
 * not planned again, and one that was held back is sent again as such. Give it a transaction. Returns the rows that stand
 * for the parts, in order, and whether each still waits to be handed to the workflow. Throws ConflictError for the key of
 * another message.
 */
export async function planOnce(
  db: Queries,
  principal: Principal,
  key: string,
  { conversation, parts, sendAt }: { parts: readonly OutboundContent[] } & Pick<Plan, 'conversation' | 'sendAt'>,
): Promise<{ id: string; isPlanned: boolean }[]> {
  const ids = parts.map((_, index) => keyedId(key, index));
  const known = await db.outboundMessage.findMany({
    where: { id: { in: ids }, businessId: principal.businessId },
    select: { id: true, content: true, conversationId: true },
  });
  const rows: { id: string; isPlanned: boolean }[] = [];
  const asked = sendAt ? { action: 'send_later' as const, sendAt } : { action: 'send' as const };
  for (const [index, content] of parts.entries()) {
    const id = ids[index] as string;
    const before = known.find((row) => row.id === id);
    if (!before) {
      rows.push({
        id: await planManual(db, principal, { id, conversation, content, ...asked }),
        isPlanned: true,
      });
      continue;
    }
    if (before.conversationId !== conversation.id || !isSameSaid(before.content as unknown as OutboundContent, content))
      throw new ConflictError('This key belongs to another message.');
    const standing = await findStandingTry(db, id);
    const again = { conversation, content, resendOfId: standing.id, action: 'send_again' as const };
    if (!standing.isOver) {
      rows.push({ id: standing.id, isPlanned: standing.state === 'planned' });
      continue;
    }
    rows.push({ id: await planManual(db, principal, again), isPlanned: true });
    await noteSentAgain(db, standing.id, principal.actor);
  }
  return rows;
}

/**
 * Asks the workflow to send planned rows, in order. Throws UnavailableError or ConflictError when it did not take one;
 * that row and those after it are then blocked, so that what the caller was told failed is not sent later.
 */
export async function sendPlanned(
  deps: ActionDeps & OutboxNeeds,
  conversation: ConversationRow,
  outboundIds: readonly string[],
): Promise<null> {
  for (const [index, outboundId] of outboundIds.entries()) {
    try {
      await deps.conversations.sendOutbound(refOf(conversation), { outboundId });
    } catch (error) {
      if (!(error instanceof UnavailableError || error instanceof ConflictError)) throw error;
      const reason = error instanceof UnavailableError ? 'temporal_unavailable' : 'refused';
      const blocked = await blockAll(deps, outboundIds.slice(index), reason);
      // Not blocked means that the workflow took it after all, and only the answer was lost.
      if (blocked) throw error;
    }
  }
  return null;
}

/**
 * Asks the workflow to send planned rows at a time. Returns the timer's id. Throws like `sendPlanned`; the rows are blocked
 * then, so that a timer that was set after all sends nothing.
 */
export async function sendPlannedLater(
  deps: ActionDeps & OutboxNeeds,
  { actor }: Principal,
  conversation: ConversationRow,
  outboundIds: readonly string[],
  { dueAtMs, timerId }: { dueAtMs: number; timerId: string },
): Promise<string> {
  const timer = { id: timerId, kind: 'send_later' as const, dueAtMs, outboundIds: [...outboundIds] };
  try {
    await deps.conversations.setTimer(refOf(conversation), { createdBy: actor, timer });
  } catch (error) {
    const reason = error instanceof UnavailableError ? 'temporal_unavailable' : 'refused';
    await blockAll(deps, outboundIds, reason);
    throw error;
  }
  return timer.id;
}

/** Blocks the rows that nobody has begun to send. Tells whether the first of them was such a one. */
async function blockAll({ db }: ActionDeps & OutboxNeeds, ids: readonly string[], reason: string): Promise<boolean> {
  let first: boolean | null = null;
  for (const id of ids) {
    const blocked = await settleOutbound(db, id, 'blocked', reason, ['planned']);
    first ??= blocked;
    if (!first) break;
  }
  return first ?? false;
}
