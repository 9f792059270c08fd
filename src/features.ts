import { accountsFeature } from './accounts/index.ts';
import { analyticsFeature } from './analytics/index.ts';
import { behaviourFeature } from './behaviour/index.ts';
import { businessesFeature } from './businesses/index.ts';
import { catalogFeature } from './catalog/index.ts';
import { contactsFeature } from './contacts/index.ts';
import { conversationsFeature } from './conversations/index.ts';
import { faqsFeature } from './faqs/index.ts';
import { followUpsFeature } from './follow-ups/index.ts';
import { inboxFeature } from './inbox/index.ts';
import { ordersFeature } from './orders/index.ts';
import { outboxFeature } from './outbox/index.ts';
import type { Feature } from './platform/feature.ts';
import { liveFeature } from './platform/live/index.ts';
import { repliesFeature } from './replies/index.ts';
import { teamFeature } from './team/index.ts';
import { ticketsFeature } from './tickets/index.ts';

/** Everything that Peyk can do, a line each. Whoever removes a feature deletes its folder and its line. */
export const FEATURES: readonly Feature[] = [
  conversationsFeature,
  contactsFeature,
  inboxFeature,
  outboxFeature,
  repliesFeature,
  faqsFeature,
  catalogFeature,
  ordersFeature,
  followUpsFeature,
  ticketsFeature,
  behaviourFeature,
  analyticsFeature,
  accountsFeature,
  businessesFeature,
  teamFeature,
  liveFeature,
];

/** Every resource under `/api`. */
export const RESOURCES = FEATURES.flatMap(({ resources = [] }) => resources);

/** Everything that can be done besides reading and editing records. */
export const ACTIONS = FEATURES.flatMap(({ actions = [] }) => actions);

/** Every column that holds sealed secrets. */
export const ENCRYPTED_COLUMNS = FEATURES.flatMap(({ encryptedColumns = [] }) => encryptedColumns);
