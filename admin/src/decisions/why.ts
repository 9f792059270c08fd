import type { z } from 'zod';
import type { whyAnswer } from '../../../src/replies/decision-trace.action.ts';
import type { Decision as DecisionRecord } from '../records.ts';

/** A record of the resource `decisions`, with what the API leaves open. */
export type Decision = Omit<DecisionRecord, 'usage' | 'checks'> & {
  usage: { provider: string; model: string; latencyMs: number }[];
  checks: { name: string; passed: boolean; note?: string }[];
};

interface ProductFact {
  id: string;
  title: string;
  price: string;
  url: string | null;
}

export interface Facts {
  transcriptLines?: number;
  faqsOffered?: number;
  faqsUsed?: string[];
  shopInstructions?: boolean;
  sentences?: string[];
  products?: ProductFact[];
  /** Shown behind them, as what goes with them. */
  suggested?: ProductFact[];
  tools?: { name: string; note: string }[];
}

export type Send = Why['sends'][number];

/** What `GET /api/decisions/:id/why` answers. */
export type Why = Omit<z.output<typeof whyAnswer>, 'decision' | 'facts'> & { decision: Decision; facts: Facts };

export interface Stretch {
  /** Key below `peyk.why`. */
  words: 'waited' | 'queued' | 'thought' | 'to_send' | 'provider';
  ms: number;
}

const atMs = (iso: string | null | undefined): number | null => (iso ? Date.parse(iso) : null);

/** Where the time went, from the last message to the channel's word; stretches that are not known are left out. */
export function splitLatency({ decision, messages, sends }: Why): Stretch[] {
  const received = latest(messages.map((message) => atMs(message.receivedAt)));
  const dispatched = latest(messages.map((message) => atMs(message.dispatchedAt)));
  const decided = atMs(decision.decidedAt);
  const began = decided === null ? null : decided - decision.latencyMs;
  const [first] = sends;
  const points: [Stretch['words'], number | null, number | null][] = [
    ['waited', received, dispatched],
    ['queued', dispatched, began],
    ['thought', began, decided],
    ['to_send', decided, atMs(first?.sendingAt)],
    ['provider', atMs(first?.sendingAt), atMs(first?.sentAt)],
  ];
  return points.flatMap(([words, from, to]) =>
    from === null || to === null ? [] : [{ words, ms: Math.max(0, to - from) }],
  );
}

function latest(times: (number | null)[]): number | null {
  const known = times.filter((time) => time !== null);
  return known.length === 0 ? null : Math.max(...known);
}

/** A sentence below `peyk.why.says`, and what it names. */
export interface Saying {
  words: string;
  values?: Record<string, string | number>;
}

/** In plain words why it said so: what was understood, who wrote it, from what, and what came of it. */
export function explain({ decision, facts }: Why, intentWords: string): Saying[] {
  if (decision.state === 'superseded') return [{ words: 'superseded' }];
  const sayings: Saying[] = [];
  if (decision.intent) sayings.push({ words: 'intent', values: { intent: intentWords } });
  sayings.push(authorOf(decision));
  const [question] = facts.faqsUsed ?? [];
  if (question) sayings.push({ words: 'faq', values: { question } });
  const products = facts.products?.length ?? 0;
  if (products > 0) sayings.push({ words: 'products', values: { count: products } });
  if (decision.reason === 'replaced_by_checks') sayings.push({ words: 'replaced' });
  if (decision.outcome === 'handoff') sayings.push({ words: 'handoff' });
  if (decision.outcome === 'silent') sayings.push({ words: 'silent' });
  if (decision.purchaseIntent && decision.outcome === 'reply') sayings.push({ words: 'purchase' });
  const { checks } = decision;
  if (checks.length > 0 && checks.every((check) => check.passed)) sayings.push({ words: 'checks_ok' });
  return sayings;
}

/** True when no model was asked: the built-in responder, or a fixed text. */
export function isBuiltin({ usage }: Decision): boolean {
  return usage.every(({ provider }) => provider === 'builtin');
}

/** Answers that no model and no rule of thumb wrote. */
const OWN_WORDS: Readonly<Record<string, string>> = { fixed: 'fixed', catalog: 'catalog', order_form: 'order_form' };

function authorOf(decision: Decision): Saying {
  if (decision.outcome === 'fallback') return { words: 'fallback' };
  const ownWords = OWN_WORDS[decision.promptName];
  if (ownWords) return { words: ownWords };
  if (isBuiltin(decision)) return { words: 'builtin' };
  const prompt = `${decision.promptName} ${decision.promptVersion}`;
  return { words: 'model', values: { model: decision.model, prompt } };
}

/** What a tool call came to, as keys below `peyk.tool_note` with what they name. */
export function readToolNote(note: string): Saying[] {
  const search = /^(?<outcome>\w+), (?<count>\d+) found(?<pointed>, of what was pointed at)?$/.exec(note)?.groups;
  if (search) {
    const pointed = search.pointed ? [{ words: 'pointed_at' }] : [];
    const found = { words: 'found', values: { count: Number(search.count) } };
    return [...(search.outcome ? [{ words: search.outcome }] : []), found, ...pointed];
  }
  const suggested = /^(?<count>\d+) suggested$/.exec(note)?.groups;
  return suggested ? [{ words: 'suggested', values: { count: Number(suggested.count) } }] : [];
}
