import type { Feature } from '../platform/feature.ts';
import { deliveryErasure } from './erasure.ts';
import { inboxFigures } from './figures.ts';
import { inboxHealth } from './health.ts';
import { inboundDeliveries } from './inbound-deliveries.resource.ts';
import { inboundEvents } from './inbound-events.resource.ts';
import type { InboxNeeds } from './needs.ts';
import { replayEvent } from './replay-event.action.ts';
import { deliveryRetention } from './retention.ts';
import { simulatorMessage } from './simulator-message.action.ts';
import { describeWebhooks } from './webhook-api.ts';

/** What came from the channels. */
export const inboxFeature: Feature<InboxNeeds> = {
  name: 'inbox',
  resources: [inboundDeliveries, inboundEvents],
  actions: [replayEvent, simulatorMessage],
  describeApi: describeWebhooks,
  health: inboxHealth,
  figures: inboxFigures,
  retention: [deliveryRetention],
  erasure: [deliveryErasure],
};
