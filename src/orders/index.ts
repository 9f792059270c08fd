import type { InboxFeature } from '../inbox/sort.ts';
import type { OutboxFeature } from '../outbox/due-texts.ts';
import type { Feature } from '../platform/feature.ts';
import type { TurnFeature } from '../replies/stage.ts';
import { createOrderByHand, quoteOrder } from './create.actions.ts';
import { orderErasure } from './erasure.ts';
import type { OrderNeeds } from './needs.ts';
import { orders } from './resource.ts';
import { createOrderStage, type OrderStageNeeds } from './stage.ts';
import { changeOrderState } from './state.action.ts';
import { createOrderStatusStage } from './status-stage.ts';
import { hasOrderInMind, planFormNotices } from './store.ts';

/** Orders by chat and by hand. */
export const ordersFeature: Feature<OrderNeeds> & TurnFeature<OrderStageNeeds> & InboxFeature & OutboxFeature = {
  name: 'orders',
  resources: [orders],
  actions: [createOrderByHand, quoteOrder, changeOrderState],
  stage: (needs) => [createOrderStage(needs), createOrderStatusStage(needs)],
  claimsCancellation: hasOrderInMind,
  planDueTexts: planFormNotices,
  erasure: [orderErasure],
};
