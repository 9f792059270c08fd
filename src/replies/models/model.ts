import type { Language } from '../../text/message.ts';
import type { GroundingCheck } from '../checks/grounding-check.ts';
import type { KnownOrder } from '../known-order.ts';
import type { KnownProduct } from '../known-product.ts';
import type { OpeningHours } from '../reply-context.ts';

/** What a model is asked to do; routing may send each task to another provider. */
export type ModelTask = 'reply';

export interface TranscriptLine {
  author: 'customer' | 'shop';
  text: string;
}

/** A question and the shop's own answer to it. */
export interface Faq {
  question: string;
  answer: string;
}

/** Everything a reply may be made of. Customer text stays in `transcript`, never in the system part. */
export interface ReplyRequest {
  businessName: string;
  /** The shop's own instructions for tone and policy; may be empty. */
  businessPrompt: string;
  language: Language;
  /** Oldest first; the last lines are the burst to answer. */
  transcript: TranscriptLine[];
  faqs: Faq[];
  /** In the place of the release's prompt: a version of the shop's own, in the language of the reply. */
  prompt?: { version: string; template: string };
  /** Facts the answer may use; plain sentences with their source. */
  facts: string[];
  /** When the shop is open, and which day of the week it is there (0 is Sunday; null: not known); absent: its settings do not say. */
  hours?: { times: readonly OpeningHours[]; today: number | null };
  /** Products of the catalog that the customer may mean, the best first; none when absent. */
  products?: KnownProduct[];
  /** Those of the post, story or picture that the customer speaks of. */
  focusProductIds?: string[];
  /** The customer's orders that this is about; none when absent. */
  orders?: KnownOrder[];
  /** A picture that the customer sent, as a data URL; only models that see can use it. */
  imageDataUrl?: string;
  /** For the output check: longest reply in UTF-8 bytes that the channel takes. */
  maxReplyBytes: number;
  signal?: AbortSignal;
}

export type ReplyAction = 'reply' | 'handoff' | 'silent';

/** A checked proposal. The model only proposes: code decides and acts. */
export interface ReplyProposal {
  text: string;
  action: ReplyAction;
  /** The customer shows that they want to buy (arms the follow-up). */
  purchaseIntent: boolean;
  /** A short word such as `greeting`, `price`, `order_status`, `complaint`, `handoff`, `other`. */
  intent: string;
  /** Something that was asked is not known: somebody of the shop has to answer it. */
  isUnanswered?: boolean;
}

export interface ModelUsage {
  provider: string;
  model: string;
  inputTokens: number;
  outputTokens: number;
  /** Micro-dollars (1e-6 USD), or null when the price of the model is not known. */
  costMicros: number | null;
  latencyMs: number;
}

/** One check of an answer, for the "why" page. */
export interface CheckResult {
  name: GroundingCheck | 'shape' | 'length' | 'language' | 'canary' | 'empty' | 'grounding';
  passed: boolean;
  note?: string;
}

export interface ReplyResult {
  proposal: ReplyProposal;
  promptName: string;
  promptVersion: string;
  usage: ModelUsage[];
  checks: CheckResult[];
  /** True when the safe fixed text replaced what the model said. */
  replaced: boolean;
}

/**
 * Anything that can propose a reply: the deterministic builtin responder, one OpenAI-compatible provider, or the router
 * over several. Throws ModelUnavailableError (may pass), ModelRejectedError (will not) or ModelOutputError.
 */
export interface ReplyModel {
  readonly name: string;
  reply(request: ReplyRequest): Promise<ReplyResult>;
}
