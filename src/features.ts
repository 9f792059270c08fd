import { accountsFeature } from './accounts/index.ts';
import { analyticsFeature } from './analytics/index.ts';
import { behaviourFeature } from './behaviour/index.ts';
import { businessesFeature } from './businesses/index.ts';
import { catalogFeature } from './catalog/index.ts';
import type { CatalogStageNeeds } from './catalog/stage.ts';
import { contactErasure } from './contacts/erasure.ts';
import { contactsFeature } from './contacts/index.ts';
import { conversationsFeature } from './conversations/index.ts';
import { faqsFeature } from './faqs/index.ts';
import { firstHourFeature } from './first-hour/index.ts';
import { followUpsFeature } from './follow-ups/index.ts';
import { inboxFeature } from './inbox/index.ts';
import type { InboxFeature } from './inbox/sort.ts';
import { ordersFeature } from './orders/index.ts';
import type { OrderStageNeeds } from './orders/stage.ts';
import type { OutboxFeature } from './outbox/due-texts.ts';
import { outboxFeature } from './outbox/index.ts';
import { PLATFORM_RETENTION } from './platform/database/retention-store.ts';
import { PLATFORM_ERASURE } from './platform/erasure/platform-erasure.ts';
import type { Feature, ServicesOf } from './platform/feature.ts';
import { type HealthMessages, PROCESS_MESSAGES } from './platform/health/health-messages.ts';
import { installationFeature } from './platform/installation/index.ts';
import { liveFeature } from './platform/live/index.ts';
import { uploadsFeature } from './platform/uploads/index.ts';
import { createUploadRetention } from './platform/uploads/upload-store.ts';
import { consentStage } from './replies/consent-stage.ts';
import { repliesFeature } from './replies/index.ts';
import type { Stage, TurnFeature } from './replies/stage.ts';
import { teamFeature } from './team/index.ts';
import { ticketsFeature } from './tickets/index.ts';

/** What the stages of all features need of the composition root. */
export type StageNeeds = OrderStageNeeds & CatalogStageNeeds;

/**
 * Everything that Peyk can do, a line each. Whoever removes a feature deletes its folder and its line. A turn asks them in this
 * order.
 */
export const FEATURES = [
  conversationsFeature,
  contactsFeature,
  inboxFeature,
  outboxFeature,
  repliesFeature,
  faqsFeature,
  ordersFeature,
  catalogFeature,
  followUpsFeature,
  ticketsFeature,
  behaviourFeature,
  analyticsFeature,
  accountsFeature,
  businessesFeature,
  firstHourFeature,
  teamFeature,
  liveFeature,
  uploadsFeature,
  installationFeature,
];

/** What the features' actions work with: a composition root has them all. */
export type Services = ServicesOf<typeof FEATURES>;

type AnyFeature = Feature<Services> & TurnFeature<StageNeeds> & InboxFeature & OutboxFeature;

const ALL: readonly AnyFeature[] = FEATURES;

/** Every resource under `/api`. */
export const RESOURCES = ALL.flatMap(({ resources = [] }) => resources);

/** Everything that can be done besides reading and editing records. */
export const ACTIONS = ALL.flatMap(({ actions = [] }) => actions);

/** Those who are asked what to answer, in their order. The model comes behind them. */
export function createStages(needs: StageNeeds): Stage[] {
  return [consentStage, ...ALL.flatMap(({ stage }) => stage?.(needs) ?? [])];
}

/** Those who want to know what a customer turned out to be interested in. */
export const LEARNERS = ALL.flatMap(({ learnFromTurn = [] }) => learnFromTurn);

/** Those who say what «لغو» means in a conversation. */
export const CANCELLATION_CLAIMS = ALL.flatMap(({ claimsCancellation = [] }) => claimsCancellation);

/** Those who have words to send that are made only when they are due. */
export const DUE_TEXTS = ALL.flatMap(({ planDueTexts = [] }) => planDueTexts);

/** Every column that holds sealed secrets. */
export const ENCRYPTED_COLUMNS = ALL.flatMap(({ encryptedColumns = [] }) => encryptedColumns);

/** The texts of every state that a part can be in, by code. */
export const HEALTH_MESSAGES = Object.assign(
  {},
  PROCESS_MESSAGES,
  ...ALL.map(({ health }) => health?.messages ?? {}),
) as HealthMessages;

/** What is forgotten of a customer, in this order. */
export const ERASURE = [...PLATFORM_ERASURE, ...ALL.flatMap(({ erasure = [] }) => erasure), contactErasure];

/** What is removed when. */
export const RETENTION = [
  ...ALL.flatMap(({ retention = [] }) => retention),
  createUploadRetention(ALL.flatMap(({ uploadUses = [] }) => uploadUses)),
  ...PLATFORM_RETENTION,
];
