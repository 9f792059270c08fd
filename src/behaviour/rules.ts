/** What a customer is interested in, as counted turn by turn. */
export interface BehaviourCounts {
  turns: number;
  intents: Readonly<Record<string, number>>;
  categories: Readonly<Record<string, number>>;
  brands: Readonly<Record<string, number>>;
  purchaseSignals: number;
}

export const TRAIT_KINDS = ['intent', 'category', 'brand', 'buyer'] as const;

export interface Trait {
  kind: (typeof TRAIT_KINDS)[number];
  value: string;
  count: number;
  /** 0 to 1: how much of what was seen says so, less when little was seen. */
  confidence: number;
}

/** So many turns of nothing are added to each share: one question is no habit. */
const DOUBT = 3;
const LEAST_CONFIDENCE = 0.2;
const MAX_OF_A_KIND = 3;

/** The traits that the counts support, the surest first. Pure. */
export function readTraits(counts: BehaviourCounts): Trait[] {
  const shares = (kind: Trait['kind'], table: Readonly<Record<string, number>>): Trait[] =>
    Object.entries(table)
      .map(([value, count]) => ({ kind, value, count, confidence: confidenceOf(count, counts.turns) }))
      .sort((a, b) => b.count - a.count || (a.value < b.value ? -1 : 1))
      .slice(0, MAX_OF_A_KIND);
  const buyer: Trait[] =
    counts.purchaseSignals > 0
      ? [
          {
            kind: 'buyer',
            value: 'ready',
            count: counts.purchaseSignals,
            confidence: confidenceOf(counts.purchaseSignals, counts.turns),
          },
        ]
      : [];
  return [
    ...buyer,
    ...shares('category', counts.categories),
    ...shares('brand', counts.brands),
    ...shares('intent', withoutManners(counts.intents)),
  ]
    .filter((trait) => trait.confidence >= LEAST_CONFIDENCE)
    .sort((a, b) => b.confidence - a.confidence);
}

/** Said by everybody, and no interest of anybody's. */
const COURTESIES: ReadonlySet<string> = new Set(['greeting', 'thanks', 'goodbye']);

function withoutManners(intents: Readonly<Record<string, number>>): Record<string, number> {
  return Object.fromEntries(Object.entries(intents).filter(([intent]) => !COURTESIES.has(intent)));
}

function confidenceOf(count: number, turns: number): number {
  return Math.round((100 * Math.min(count, turns)) / (turns + DOUBT)) / 100;
}
