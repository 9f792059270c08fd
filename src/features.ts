import { accountsFeature } from './accounts/index.ts';
import { analyticsFeature } from './analytics/index.ts';
import { behaviourFeature } from './behaviour/index.ts';
import { businessesFeature } from './businesses/index.ts';
import { catalogFeature } from './catalog/index.ts';
import type { CatalogStageNeeds } from './catalog/stage.ts';
import { contactsFeature } from './contacts/index.ts';
import { conversationsFeature } from './conversations/index.ts';
import { faqsFeature } from './faqs/index.ts';
import { followUpsFeature } from './follow-ups/index.ts';
import { inboxFeature } from './inbox/index.ts';
import type { InboxFeature } from './inbox/sort.ts';
import { ordersFeature } from './orders/index.ts';
import type { OrderStageNeeds } from './orders/stage.ts';
import type { OutboxFeature } from './outbox/due-texts.ts';
import { outboxFeature } from './outbox/index.ts';
import type { Feature } from './platform/feature.ts';
import { installationFeature } from './platform/installation/index.ts';
import { liveFeature } from './platform/live/index.ts';
import { consentStage } from './replies/consent-stage.ts';
import { repliesFeature } from './replies/index.ts';
import type { Stage, TurnFeature } from './replies/stage.ts';
import { teamFeature } from './team/index.ts';
import { ticketsFeature } from './tickets/index.ts';

/** What the stages of all features need of the composition root. */
export type StageNeeds = OrderStageNeeds & CatalogStageNeeds;

type AnyFeature = Feature & TurnFeature<StageNeeds> & InboxFeature & OutboxFeature;

/**
 * Everything that Peyk can do, a line each. Whoever removes a feature deletes its folder and its line. A turn asks them in this
 * order.
 */
export const FEATURES: readonly AnyFeature[] = [
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
  teamFeature,
  liveFeature,
  installationFeature,
];

/** Every resource under `/api`. */
export const RESOURCES = FEATURES.flatMap(({ resources = [] }) => resources);

/** Everything that can be done besides reading and editing records. */
export const ACTIONS = FEATURES.flatMap(({ actions = [] }) => actions);

/** Those who are asked what to answer, in their order. The model comes behind them. */
export function createStages(needs: StageNeeds): Stage[] {
  return [consentStage, ...FEATURES.flatMap(({ stage }) => stage?.(needs) ?? [])];
}

/** Those who want to know what a customer turned out to be interested in. */
export const LEARNERS = FEATURES.flatMap(({ learnFromTurn = [] }) => learnFromTurn);

/** Those who say what «لغو» means in a conversation. */
export const CANCELLATION_CLAIMS = FEATURES.flatMap(({ claimsCancellation = [] }) => claimsCancellation);

/** Those who have words to send that are made only when they are due. */
export const DUE_TEXTS = FEATURES.flatMap(({ planDueTexts = [] }) => planDueTexts);
/** Every column that holds sealed secrets. */
export const ENCRYPTED_COLUMNS = FEATURES.flatMap(({ encryptedColumns = [] }) => encryptedColumns);
