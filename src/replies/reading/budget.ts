import { type Figure, matchingForm, readFigures } from '../../analytics/figures.ts';
import { isMeasured } from './measures.ts';

/** A bound of price as the customer put it. */
export interface PriceBound {
  value: number;
  /** `irr`, `usd`, … as figures tell it; null when no currency was named. */
  unit: string | null;
  /** 10 when tomans were named. */
  factor: number;
  scaled: boolean;
}

export interface Budget {
  min: PriceBound | null;
  max: PriceBound | null;
  /** The text in matching form without the amounts that were read. */
  rest: string;
}

const LESS =
  '(?:کمتر|پایین ?تر|ارزون ?تر|ارزان ?تر|kamtar|pa[yi]+n ?tar|arz[uo]+n ?tar|arzan ?tar|less|lower|cheaper|under|below)';
const MORE =
  '(?:بیشتر|بالا ?تر|گرون ?تر|گران ?تر|bishtar|bala ?tar|ger[uo]+n ?tar|geran ?tar|more|higher|dearer|over|above|beyond)';
const THAN = '(?:از|az|than)';
const before = (...phrases: string[]) => new RegExp(`(?<!\\p{L})(?:${phrases.join('|')})\\s*$`, 'u');
const behind = (...phrases: string[]) => new RegExp(`^\\s*(?:${phrases.join('|')})(?!\\p{L})`, 'u');

/** Ends before a number: the number is an upper bound. */
const BELOW = before(
  ...[
    'زیر',
    `${LESS} ${THAN}`,
    'حداکثر',
    'نهایتا',
    '(?:تا )?سقف',
    'تا',
    'بودجه\\p{L}*(?: (?:ام|م|من|مون))?',
    'zire?',
    'had ?e? ?aksar',
    'ta',
  ],
  ...[
    'bo?odj?eh?\\p{L}*',
    'under',
    'below',
    'up to',
    'at most',
    'max(?:imum)?(?: of)?',
    'budget(?: is| of)?',
    'within',
    'exceed(?:ing)?',
  ],
);
const ABOVE = before(
  ...[
    'بالای',
    `${MORE} ${THAN}`,
    'حداقل',
    'از',
    'balaye?',
    'had ?e? ?aghal',
    'az',
    'over',
    'above',
    'beyond',
    'at least',
    'from',
  ],
  'min(?:imum)?(?: of)?',
);
/** «از ۷۰۰ ارزون‌تر», «۵۰۰ به بالا»: the comparison stands behind the number. */
const LESS_BEHIND = behind(LESS, 'به (?:پایین|زیر)', 'be (?:pa[yi]+n|zir)', 'or less', 'max');
const MORE_BEHIND = behind(MORE, 'به (?:بالا|بعد)', 'be bala', 'or more', 'and up');
const BETWEEN = /(?<!\p{L})(?:بین|between|beyne?|از|from|az)\s*$/u;
const AROUND = /(?<!\p{L})(?:حدود\p{L}*|around|about|hodoode?)\s*$/u;
const RANGE = /^\s*(?:تا|الی|و|ta|o|to|and|[-–—])\s*$/u;
/** Within a comparison a denial turns it around: «بیشتر از یک میلیون نشه». «زیر ۵۰۰ ندارید؟» asks and denies nothing. */
const DENIED_BEHIND =
  /^[^.!?؟\n]{0,40}?(?<!\p{L})(?:نشه|نشود|نباشه|نباشد|نباشن|نره|نرود|نکنه|نمی ?خوا(?:م|هم)|نمی ?تونم|نمی ?توانم|نمی ?دم|ندارم|nashe|nabashe|nare|nemi ?kham|nemi ?toonam|nadaram)(?!\p{L})/u;
const DENIED_BEFORE =
  /(?<!\p{L})(?:no|not|nothing|never|don t|doesn t|shouldn t|can t|cannot|won t)\s+(?:\p{L}+\s+){0,3}$/u;
const COMPARES = before(`${LESS}(?: ${THAN})?`, `${MORE}(?: ${THAN})?`, 'بالای', 'زیر', 'balaye?', 'zire?');
/** «با دو و نیم چی دارید؟»: what one has to spend, also without a currency. */
const SPENDS = /(?<!\p{L})(?:با|ba|with|for)\s*$/u;
/** A number without a currency below it is a count or a size. */
const SMALLEST_BARE = 100;
const MOST_COUNTED = SMALLEST_BARE - 1;

/** Reads what a message says that something may cost. Pure. */
export function readBudget(text: string): Budget {
  const form = matchingForm(text);
  const figures = joinLists(form, readFigures(form));
  let min: PriceBound | null = null;
  let max: PriceBound | null = null;
  const used: Figure[] = [];
  for (const [at, figure] of figures.entries()) {
    if (!figure.readable || used.includes(figure) || (figure.unit === null && isMeasured(figure, MOST_COUNTED)))
      continue;
    const next = figures[at + 1];
    const isMoney = figure.unit !== null || figure.scaled;
    const head = form.slice(0, figure.from);
    if (next && isRange(form, figure, next) && (BETWEEN.test(head) || next.unit !== null || next.scaled)) {
      min = boundOf({ ...figure, unit: figure.unit ?? next.unit, factor: Math.max(figure.factor, next.factor) });
      max = boundOf(next);
      used.push(figure, next);
      continue;
    }
    const side = sideOf(form, figure);
    if (isMoney && AROUND.test(head)) {
      min = { ...boundOf(figure), value: figure.value * 0.8 };
      max = { ...boundOf(figure), value: figure.value * 1.2 };
    } else if (side !== null && (isMoney || figure.shortened || figure.value >= SMALLEST_BARE)) {
      if (side === 'below') max = boundOf(figure);
      else min = boundOf(figure);
    } else if (isMoney || (SPENDS.test(head) && (figure.shortened || figure.value >= SMALLEST_BARE))) {
      max = boundOf(figure);
    } else continue;
    used.push(figure);
  }
  return { min, max, rest: cutOut(form, used) };
}

function sideOf(form: string, { from, to }: Figure): 'below' | 'above' | null {
  const [head, tail] = [form.slice(0, from), form.slice(to)];
  const said = LESS_BEHIND.test(tail) ? 'below' : MORE_BEHIND.test(tail) ? 'above' : null;
  const side = said ?? (BELOW.test(head) ? 'below' : ABOVE.test(head) ? 'above' : null);
  const comparison = COMPARES.exec(head);
  if (side === null || (said === null && comparison === null)) return side;
  const ahead = head.slice(0, comparison?.index ?? head.length);
  if (!DENIED_BEHIND.test(tail) && !DENIED_BEFORE.test(ahead)) return side;
  return side === 'below' ? 'above' : 'below';
}

/** «تا ۱ و ۵۰۰»: in digits it may be a list, but not where a bound is told. */
function joinLists(form: string, figures: readonly Figure[]): Figure[] {
  const joined: Figure[] = [];
  for (const figure of figures) {
    const head = joined.at(-1);
    const isRest =
      head !== undefined &&
      [head, figure].every(({ unit, scaled, readable, inWords }) => unit === null && !scaled && readable && !inWords) &&
      head.value < SMALLEST_BARE &&
      figure.value >= 100 &&
      figure.value < 1000 &&
      /^\s*و\s*$/u.test(form.slice(head.to, figure.from)) &&
      BELOW.test(form.slice(0, head.from));
    if (isRest)
      joined.splice(-1, 1, {
        ...head,
        value: head.value + figure.value / 1000,
        shortened: true,
        to: figure.to,
        after: figure.after,
      });
    else joined.push(figure);
  }
  return joined;
}

function isRange(form: string, lower: Figure, upper: Figure): boolean {
  return RANGE.test(form.slice(lower.to, upper.from));
}

function boundOf({ value, unit, factor, scaled }: Figure): PriceBound {
  // «۲ میلیون و ۵۰۰» is two and a half million.
  const rest = value % 1_000_000;
  const meant = scaled && value >= 1_000_000 && rest >= 100 && rest < 1000 ? value - rest + rest * 1000 : value;
  return { value: meant, unit, factor, scaled };
}

function cutOut(form: string, used: readonly Figure[]): string {
  return [...used]
    .sort((a, b) => b.from - a.from)
    .reduce((rest, figure) => `${rest.slice(0, figure.from)} ${rest.slice(figure.to)}`, form);
}
