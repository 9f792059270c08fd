import type { Scale } from '../../replies/reading/comparisons.ts';
import { numbersInDigits } from '../../text/number-words.ts';
import { normaliseText } from '../../text/persian.ts';
import { attributeLabel } from './attribute-names.ts';
import { measuresIn } from './measures.ts';
import { type AttributeSubject, valuesOf } from './product-facts.ts';

/** How much of something a product has, as far as the shop says it: what tells the lighter of two. Pure. */
export interface ScaleFact {
  /** The attribute that states it. */
  name: string;
  value: string;
  /** Comparable with those of the same attribute kind alone. */
  amount: number;
  unit: string;
}

type Unit = 'time' | 'pages' | 'number' | ReturnType<typeof measuresIn>[number]['kind'];

/** The attributes that may state it, the most telling first, with what they are measured in. */
/* biome-ignore format: a table of patterns. */
const STATED: Readonly<Record<Scale, readonly (readonly [names: RegExp | null, units: readonly Unit[]])[]>> = {
  size: [
    [/^حجم|volume|ظرفیت|capacity|hajm/u, ['volume', 'capacity', 'charge']], [/ابعاد|اندازه|قطر|ارتفاع|^قد|dimension|size|diameter|height|length|measure/u, ['length', 'diagonal']],
    [/نفر|برش|serv|people/u, ['people']], [/تعداد|تکه|عدد|pieces|pack|count/u, ['pieces', 'pages', 'number']], [/وزن|weight|vazn/u, ['weight']],
    [null, ['volume', 'charge', 'capacity', 'weight', 'diagonal', 'length', 'people', 'pieces']],
  ],
  weight: [[/وزن|weight|vazn/u, ['weight']], [null, ['weight']]],
  length: [[/^قد|بلندی|ارتفاع|طول|length|height|tall/u, ['length']], [/صفح|برگ|pages/u, ['pages', 'number']], [/ابعاد|dimension/u, ['length']], [/مدت|زمان|duration|time/u, ['time']]],
  width: [[/عرض|پهنا|width/u, ['length']], [/ابعاد|dimension/u, ['length']]],
  thickness: [[/ضخامت|قطر|thick/u, ['length']]],
  duration: [[/مدت|زمان|duration|time|takes/u, ['time']]],
  keeping: [[/ماندگار|دوام|نگه ?داری|انقضا|lasts|shelf|keeps|longevity/u, ['time']]],
  battery: [[/باتری|باطری|battery|شارژ/u, ['charge', 'time']], [/ظرفیت|capacity/u, ['charge']]],
};

/* biome-ignore format: a table of words. */
const MINUTES: readonly (readonly [words: string, minutes: number])[] = [
  ['دقیقه|دیقه|minutes?|mins?', 1], ['ساعت|hours?|hrs?|h', 60], ['روز|days?', 1440], ['هفته|weeks?', 10_080], ['ماه|months?', 43_200], ['سال|years?', 525_600],
];
const TIMES = MINUTES.map(
  ([words, minutes]) =>
    [new RegExp(`(\\d+(?:[.]\\d+)?)(?: ?(?:تا|الی|to|-|–) ?(\\d+))? ?(?:${words})`, 'gu'), minutes] as const,
);
const PAGES = /(\d+) ?(?:صفحه|برگ|pages?|sheets?)/u;

/** What a product states of a scale; null where it states nothing that compares. */
export function scaleFact(product: AttributeSubject, scale: Scale): ScaleFact | null {
  const names = [
    ...new Set([
      ...(product.attributes ?? []).map(({ name }) => name),
      ...(product.variants ?? []).flatMap(({ options }) => options.map(({ name }) => name)),
    ]),
  ];
  for (const [pattern, units] of STATED[scale]) {
    const own = names.filter((name) => pattern === null || isNamed(name, pattern));
    for (const unit of units)
      for (const name of own)
        for (const value of largestFirst(valuesOf(product, name), unit)) {
          const amount = amountIn(value, unit);
          if (amount !== null) return { name, value, amount, unit };
        }
    if (pattern === null)
      for (const unit of units) {
        const amount = amountIn(product.title, unit);
        if (amount !== null) return { name: '', value: product.title, amount, unit };
      }
  }
  return null;
}

const isNamed = (name: string, pattern: RegExp): boolean =>
  [name, attributeLabel(name, 'fa'), attributeLabel(name, 'en')].some((said) => pattern.test(normaliseText(said)));

const largestFirst = (values: readonly string[], unit: Unit): string[] =>
  [...values].sort((a, b) => (amountIn(b, unit) ?? -1) - (amountIn(a, unit) ?? -1));

function amountIn(value: string, unit: Unit): number | null {
  const form = numbersInDigits(normaliseText(value));
  if (unit === 'time') return timeIn(form);
  if (unit === 'pages') return numberOf(PAGES.exec(form)?.[1]);
  if (unit === 'number') return numberOf(/^\D{0,6}(\d+)\D{0,12}$/u.exec(form)?.[1]);
  const own = measuresIn(form).filter(({ kind }) => kind === unit);
  // «۲۰۰ در ۷۰» is as large as its area.
  const area = unit === 'length' ? /(\d+(?:\.\d+)?) ?(?:در|x|×|\*|by) ?(\d+(?:\.\d+)?)/u.exec(form) : null;
  if (area) return Number(area[1]) * Number(area[2]);
  return own.length > 0 ? Math.max(...own.map(({ amount }) => amount)) : null;
}

function timeIn(form: string): number | null {
  for (const [pattern, minutes] of [...TIMES].reverse()) {
    const found = [...form.matchAll(pattern)].map(([, from, to]) => Number(to ?? from) * minutes);
    if (found.length > 0) return Math.max(...found);
  }
  return null;
}

const numberOf = (digits: string | undefined): number | null => (digits === undefined ? null : Number(digits));

/** The one with the least or the most of it, where all of them state it in one unit and one of them stands out. */
export function extremeOf<P extends AttributeSubject>(
  products: readonly P[],
  scale: Scale,
  which: 'least' | 'most',
): { product: P; facts: readonly ScaleFact[] } | null {
  const stated = products.map((product) => ({ product, fact: scaleFact(product, scale) }));
  const [first] = stated;
  const facts = stated.flatMap(({ fact }) => fact ?? []);
  if (!first?.fact || facts.length < products.length || products.length < 2) return null;
  if (facts.some(({ unit }) => unit !== facts[0]?.unit)) return null;
  const sign = which === 'least' ? 1 : -1;
  const sorted = stated.toSorted((a, b) => sign * ((a.fact?.amount ?? 0) - (b.fact?.amount ?? 0)));
  const [best, next] = sorted;
  return best && next && best.fact?.amount !== next.fact?.amount ? { product: best.product, facts } : null;
}
