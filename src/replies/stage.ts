import type { DecidedTimers } from '../conversations/core/timer.ts';
import type { Queries } from '../platform/database/client.ts';
import type { OutboundContent } from '../text/message.ts';
import type { Money } from '../text/money.ts';
import type { DecisionFacts } from './decision-facts.ts';
import type { KnownOrder } from './known-order.ts';
import type { KnownProduct } from './known-product.ts';
import type { CheckResult, ModelUsage } from './models/model.ts';
import type { Turn } from './turn.ts';

/**
 * One of those who are asked, in order, what to answer to a turn. It answers, adds what those behind it should know, has
 * something to remind of behind another's answer, or passes.
 */
export interface Stage {
  readonly name: string;
  /** Null: it passes. Reads only: what is to be written comes back as `store`. */
  take(turn: Readonly<Turn>): Promise<StageResult | null>;
  /** Undoes what `store` wrote for a turn that is taken back. May be called for turns that were never stored. */
  readonly revert?: RevertTurn;
}

export interface StageResult {
  answer?: StageAnswer | null;
  /**
   * Said behind another's answer: an open question of its own. Where that answer is no reply (a person is called, nobody
   * answers), it has no place, and the whole result counts as if the stage had passed.
   */
  reminder?: string;
  /** The customer is about to buy, whoever answers this turn. */
  wantsToBuy?: boolean;
  /** What those behind it may speak of. */
  context?: TurnKnowledge;
  /** For the page that says why. */
  facts?: DecisionFacts;
  timers?: DecidedTimers;
  /** What the customer turned out to be interested in. */
  lesson?: TurnInterest;
  /** Written in the transaction that stores the decision, and only with it. */
  store?: StoreWithDecision;
}

/** An answer to a turn, or to some of its lines. */
export interface StageAnswer {
  text: string;
  /** In the place of the text alone: cards or buttons. */
  contents?: OutboundContent[];
  /** Positions in the turn's `texts` of what it answers; absent: everything that is still open. */
  covers?: readonly number[];
  outcome: 'reply' | 'handoff' | 'silent' | 'fallback' | 'opt_out';
  /** A short word for what the customer wants. */
  intent: string;
  /** The customer shows that they want to buy (arms the follow-up). */
  purchaseIntent: boolean;
  /** True when the stage knows it beyond doubt: an order was begun, placed or given up. Else the rules have a say, too. */
  knowsIntent?: boolean;
  promptName: string;
  promptVersion: string;
  usage: ModelUsage[];
  checks: CheckResult[];
  ticket: NewTicket | null;
  /** A short word for why it is this answer, where that is not plain. */
  reason: string;
}

/** Products that the turn means, the best first, as far as it is known. */
export interface TurnKnowledge {
  products: readonly KnownProduct[];
  /** Those of the post, story or picture that the customer speaks of. */
  focusIds: readonly string[];
  /** The customer's orders that the turn is about. */
  orders?: readonly KnownOrder[];
}

/** A product as far as it tells of a taste. */
export interface InterestingProduct {
  brand: string;
  categories: readonly string[];
  price: Money | null;
}

export interface TurnInterest {
  products: readonly InterestingProduct[];
}

/** What is to be learnt of a turn's customer. */
export interface TurnLesson extends TurnInterest {
  intents: readonly string[];
}

export interface NewTicket {
  reason: string;
  note: string;
}

export interface ConversationOwner {
  businessId: string;
  conversationId: string;
}

export type StoreWithDecision = (tx: Queries, decisionId: string) => Promise<void>;

/** `turnId` is the turn's key in the database. Give it a transaction. */
export type RevertTurn = (tx: Queries, owner: ConversationOwner, turnId: string, reason: string) => Promise<void>;

/** Give it the transaction that stores the decision. */
export type LearnFromTurn = (tx: Queries, owner: ConversationOwner, lesson: TurnLesson) => Promise<void>;

/** What a feature has to do with turns. `Needs`: what its stage must be given. */
export interface TurnFeature<Needs> {
  /** Makes its stage, or several in their order; null while it is switched off. */
  stage?: (needs: Needs) => Stage | readonly Stage[] | null;
  learnFromTurn?: LearnFromTurn;
}
