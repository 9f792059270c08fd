import type { ConversationNeeds } from '../conversations/needs.ts';
import type { Feature } from '../platform/feature.ts';
import { createOrderByHand, quoteOrder } from './create.actions.ts';
import { orders } from './resource.ts';
import { changeOrderState } from './state.action.ts';

/** Orders by chat and by hand. */
export const ordersFeature: Feature<ConversationNeeds> = {
  name: 'orders',
  resources: [orders],
  actions: [createOrderByHand, quoteOrder, changeOrderState],
};
