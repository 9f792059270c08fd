import { v7 as uuidv7 } from 'uuid';
import { z } from 'zod';
import { appendAudit } from '../../db/audit-store.ts';
import { moveOrder, planOrderMessage } from '../../db/order-store.ts';
import { settleOutbound } from '../../db/outbound-store.ts';
import type { ResourceRows } from '../../db/resource-models.ts';
import { ConflictError, UnavailableError } from '../../domain/errors.ts';
import { fingerprintOf } from '../../domain/fingerprint.ts';
import { nextOrderStates, ORDER_STATES, type OrderState } from '../../domain/order.ts';
import { orderStateText } from '../../domain/order-texts.ts';
import type { Principal } from '../auth/principal.ts';
import { entryOf } from '../resources/audited.ts';
import { orderRecord, orders } from '../resources/orders.ts';
import { type ActionDeps, defineAction } from './action.ts';
import { findOwned, refOf } from './find-owned.ts';

/** Long enough for the workflow to take the message; it goes out then without taking the conversation over. */
const SEND_AFTER_MS = 1500;

export const changeOrderState = defineAction({
  method: 'post',
  path: '/api/orders/:id/state',
  summary:
    'Moves the order on and tells its customer, through the same gate as every message. A message that may not go out is shown as blocked; the state changes all the same.',
  permission: 'manage-orders',
  body: z.strictObject({ state: z.enum(ORDER_STATES), notify: z.boolean().default(true) }),
  status: 200,
  response: orderRecord,
  async run({ deps, principal, id, body }) {
    const order = await findOwned(deps, 'order', principal, id);
    const from = order.state as OrderState;
    const { state } = body;
    if (state === 'draft' || !nextOrderStates(from).includes(state))
      throw new ConflictError(`An order that is ${from} cannot become ${state}.`);
    const outboundId = body.notify ? uuidv7() : null;
    const { businessId, actor } = principal;
    await deps.db.$transaction(async (tx) => {
      const entry = { at: new Date(deps.clock()).toISOString(), actor, state, outboundId };
      if (!(await moveOrder(tx, { id, businessId, from }, entry)))
        throw new ConflictError('The order was changed by somebody else meanwhile.');
      if (outboundId !== null) {
        const text = orderStateText(state, order.number, order.language === 'en' ? 'en' : 'fa');
        const author = principal.userId === null ? ('bot' as const) : ('human' as const);
        const of = { id: outboundId, businessId, conversationId: order.conversationId, userId: principal.userId };
        await planOrderMessage(tx, { ...of, author, text, fingerprint: fingerprintOf(text) });
      }
      await appendAudit(tx, {
        ...entryOf(orders, order, principal, 'state'),
        before: { state: from },
        after: { state },
      });
    });
    if (outboundId !== null) await send(deps, principal, order, outboundId);
    return orders.present(await findOwned(deps, 'order', principal, id), deps.presentContext);
  },
});

/** The state stands whatever becomes of its message: that is shown in the ledger, and can be sent again there. */
async function send(
  deps: ActionDeps,
  principal: Principal,
  order: ResourceRows['order'],
  outboundId: string,
): Promise<void> {
  const conversation = await findOwned(deps, 'conversation', principal, order.conversationId);
  const block = (reason: string) => settleOutbound(deps.db, outboundId, 'blocked', reason, ['planned']);
  const dueAtMs = deps.clock() + SEND_AFTER_MS;
  const closesAtMs = conversation.windowExpiresAt?.getTime() ?? 0;
  if (closesAtMs <= dueAtMs) {
    await block('window_closed');
    return;
  }
  const timer = { id: uuidv7(), kind: 'send_later' as const, dueAtMs, outboundIds: [outboundId] };
  try {
    await deps.conversations.setTimer(refOf(conversation), { by: principal.actor, timer });
  } catch (error) {
    if (!(error instanceof ConflictError || error instanceof UnavailableError)) throw error;
    await block(error instanceof ConflictError ? 'refused' : 'temporal_unavailable');
  }
}
