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
import { PLATFORM_RETENTION } from './platform/database/retention-store.ts';
import type { Feature, ServicesOf } from './platform/feature.ts';
import { type HealthMessages, PROCESS_MESSAGES } from './platform/health/health-messages.ts';
import { liveFeature } from './platform/live/index.ts';
import { repliesFeature } from './replies/index.ts';
import { teamFeature } from './team/index.ts';
import { ticketsFeature } from './tickets/index.ts';

/** Everything that Peyk can do, a line each. Whoever removes a feature deletes its folder and its line. */
export const FEATURES = [
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

/** What the features' actions work with: a composition root has them all. */
export type Services = ServicesOf<typeof FEATURES>;

const ALL: readonly Feature<Services>[] = FEATURES;

/** Every resource under `/api`. */
export const RESOURCES = ALL.flatMap(({ resources = [] }) => resources);

/** Everything that can be done besides reading and editing records. */
export const ACTIONS = ALL.flatMap(({ actions = [] }) => actions);

/** The texts of every state that a part can be in, by code. */
export const HEALTH_MESSAGES = Object.assign(
  {},
  PROCESS_MESSAGES,
  ...ALL.map(({ health }) => health?.messages ?? {}),
) as HealthMessages;

/** What is removed when. */
export const RETENTION = [...ALL.flatMap(({ retention = [] }) => retention), ...PLATFORM_RETENTION];
