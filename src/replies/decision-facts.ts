import type { ReplyContext } from './reply-context.ts';

/** A product that an answer was made with, as it stood then. */
export interface ProductFact {
  id: string;
  title: string;
  /** As it was told, in the shop's currency; empty when no price was told. */
  price: string;
  url: string | null;
}

/** A step that was taken on the way to an answer: a search, a lookup. */
export interface ToolCall {
  name: string;
  /** One line on what came of it; no words of the customer. */
  note: string;
}

/** What an answer was made of, kept with the decision for the page that says why. */
export interface DecisionFacts {
  language?: string;
  /** Lines of the conversation that were looked at. */
  transcriptLines?: number;
  /** Questions of the shop's own list that could be used, and those whose answer is in the reply. */
  faqsOffered?: number;
  faqsUsed?: string[];
  /** True when the shop's own instructions were part of it. */
  shopInstructions?: boolean;
  /** Sentences with their source. */
  sentences?: string[];
  products?: ProductFact[];
  /** Shown behind them, as what goes with them. */
  suggested?: ProductFact[];
  tools?: ToolCall[];
  /** The reason of the ticket that it opened; restock: it will tell when something is back. */
  task?: string;
}

const MAX_SHOWN = 10;

/** What can be said of every answer. `more` adds what only the maker of the answer knows: products, tool calls. */
export function gatherFacts(context: ReplyContext, reply: string, more: DecisionFacts = {}): DecisionFacts {
  const used = context.faqs.filter(({ answer }) => answer.trim() !== '' && reply.includes(answer.trim()));
  return {
    transcriptLines: context.transcript.length,
    faqsOffered: context.faqs.length,
    faqsUsed: used.map(({ question }) => question).slice(0, MAX_SHOWN),
    shopInstructions: context.businessPrompt.trim() !== '',
    ...more,
  };
}
