import type { Feature } from '../platform/feature.ts';
import { inboundDeliveries } from './inbound-deliveries.resource.ts';
import { inboundEvents } from './inbound-events.resource.ts';
import { replayEvent } from './replay-event.action.ts';
import { simulatorMessage } from './simulator-message.action.ts';

/** What came from the channels. */
export const inboxFeature: Feature = {
  name: 'inbox',
  resources: [inboundDeliveries, inboundEvents],
  actions: [replayEvent, simulatorMessage],
};
