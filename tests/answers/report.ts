import type { PlayedTurn } from './play.ts';

/** Turns, how many were answered well, and which share that is. */
export interface Share {
  turns: number;
  good: number;
  share: number;
}

export interface AnswersReport extends Share {
  byKind: Record<string, Share>;
  byLanguage: Record<string, Share>;
  byShop: Record<string, Share>;
  /** How often each rule was broken. */
  faults: Record<string, number>;
  /** Amounts, shares and addresses that nobody stated, and a yes or a no that is not so. */
  invented: number;
  /** How often something of each kind was invented, by the turn's kind, its language and what answered: "an amount (price, fa, catalog/price)". */
  inventions: Record<string, number>;
  p50Ms: number;
  p95Ms: number;
}

/** Sums up what was played. Pure. */
export function reportOf(played: readonly PlayedTurn[]): AnswersReport {
  const times = played.map(({ tookMs }) => tookMs).sort((a, b) => a - b);
  const at = (share: number) => times[Math.min(times.length - 1, Math.ceil(share * times.length) - 1)] ?? 0;
  const faults = played.flatMap((turn) => [...new Set(turn.faults.map(({ rule }) => rule))]);
  return {
    ...shareOf(played),
    byKind: sharesBy(played, ({ kind }) => kind),
    byLanguage: sharesBy(played, ({ language }) => language),
    byShop: sharesBy(played, ({ shop }) => shop),
    faults: Object.fromEntries([...groupBy(faults, (rule) => rule)].map(([rule, all]) => [rule, all.length])),
    invented: played.flatMap((turn) => turn.faults.filter(({ rule }) => rule === 'invented')).length,
    inventions: Object.fromEntries(
      [...groupBy(played.flatMap(inventionsOf), (one) => one)].map(([k, all]) => [k, all.length]),
    ),
    p50Ms: at(0.5),
    p95Ms: at(0.95),
  };
}

/** What was invented in a turn, without its words: the half that is kept out is never read. */
function inventionsOf({ kind, language, by, faults }: PlayedTurn): string[] {
  const invented = faults.filter(({ rule }) => rule === 'invented');
  return invented.map(({ detail }) => `${inventionKindOf(detail)} (${kind}, ${language}, ${by})`);
}

function inventionKindOf(detail: string): string {
  if (/^a (?:yes|no) /.test(detail)) return detail;
  if (/^https?:/.test(detail)) return 'an address';
  return detail.endsWith('%') ? 'a share' : 'an amount';
}

function shareOf(played: readonly PlayedTurn[]): Share {
  const good = played.filter(({ faults }) => faults.length === 0).length;
  return { turns: played.length, good, share: played.length === 0 ? 0 : Number((good / played.length).toFixed(3)) };
}

function sharesBy(played: readonly PlayedTurn[], keyOf: (turn: PlayedTurn) => string): Record<string, Share> {
  const groups = [...groupBy(played, keyOf)].sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(groups.map(([key, turns]) => [key, shareOf(turns)]));
}

function groupBy<Item>(items: readonly Item[], keyOf: (item: Item) => string): Map<string, Item[]> {
  const groups = new Map<string, Item[]>();
  for (const item of items) groups.set(keyOf(item), [...(groups.get(keyOf(item)) ?? []), item]);
  return groups;
}

/** A turn with its answer and what is wrong with that, as a person reads it. */
export function describeTurn({ shop, conversation, turn, kind, language, said, answer, faults }: PlayedTurn): string {
  const why = faults.map(({ rule, detail }) => `${rule}: ${detail}`).join('; ');
  return [
    `${shop} · ${conversation} · turn ${turn + 1} · ${kind} · ${language}`,
    ...said.map((line) => `  > ${line}`),
    `  < ${answer.replaceAll('\n', '\n    ')}`,
    faults.length === 0 ? '  good' : `  FAULT ${why}`,
  ].join('\n');
}
