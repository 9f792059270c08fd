import { v7 as uuidv7 } from 'uuid';
import { z } from 'zod';
import type { ConversationNeeds } from '../conversations/needs.ts';
import { appendAudit } from '../platform/audit/audit-store.ts';
import { ConflictError } from '../platform/errors.ts';
import { actionsOf } from '../platform/http/actions/action.ts';
import { findOwned } from '../platform/http/actions/find-owned.ts';
import { entryOf } from '../platform/http/resources/audited.ts';
import { planOrderNotice, sendOrderNotice } from './notice.ts';
import { nextOrderStates, ORDER_STATES, type OrderState } from './order.ts';
import { orderStateText } from './order-texts.ts';
import { orderRecord, orders } from './resource.ts';
import { moveOrder } from './store.ts';

const defineAction = actionsOf<ConversationNeeds>();

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
    const order = await findOwned(deps, orders, principal, id);
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
        await planOrderNotice(tx, principal, { id: outboundId, conversationId: order.conversationId, text });
      }
      await appendAudit(tx, {
        ...entryOf(orders, order, principal, 'state'),
        before: { conversationId: order.conversationId, state: from },
        after: { conversationId: order.conversationId, state },
      });
    });
    if (outboundId !== null) await sendOrderNotice(deps, principal, { ...order, outboundId });
    return orders.present(await findOwned(deps, orders, principal, id), deps.presentContext);
  },
});
