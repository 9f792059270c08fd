import { formPattern } from '../../text/form-pattern.ts';
import { wordsOf } from '../../text/persian.ts';
import { readComparison, type Scale } from './comparisons.ts';

/**
 * How a customer points at something that was shown before: «دومی», "the cheaper one", «اون یکی». Pure; what it means is told by
 * `resolveReference`.
 */
export type Reference =
  /** Counted from the first as it was shown, or from the last. */
  | { kind: 'ordinal'; place: number }
  | { kind: 'price'; which: 'cheapest' | 'dearest' }
  /** The one that was not spoken of last. */
  | { kind: 'other' }
  /** All of the few that were shown. */
  | { kind: 'both' }
  /** The one with the least or the most of something: «سبک‌تره». */
  | { kind: 'measured'; scale: Scale; which: 'least' | 'most' }
  /** The one of which these words are true: "the white one", «اونی که شارژ سریع داره». In matching form. */
  | { kind: 'described'; words: readonly string[] };

const REST = '(?: ?(?:ی|یه|یو|ش|شو|رو|را|اش|یش|یشو|شون))*';
const ORDINALS: readonly (readonly [place: number, pattern: string])[] = [
  [
    1,
    `(?:اولی(?:ه|ش|شو|و|ن)?|(?:مورد|مدل|گزینه|محصول|شماره|عکس) ?ی? (?:اول|یک|1)|avali\\p{L}{0,2}|the first(?: one)?|first one|1st(?: one)?|number (?:1|one))`,
  ],
  [
    2,
    `(?:دومی(?:ه|ش|شو|و|ن)?|(?:مورد|مدل|گزینه|محصول|شماره|عکس) ?ی? (?:دوم|دو|2)|do(?:v|w)?omi\\p{L}{0,2}|the second(?: one)?|second one|2nd(?: one)?|number (?:2|two))`,
  ],
  [
    3,
    `(?:سومی(?:ه|ش|شو|و|ن)?|(?:مورد|مدل|گزینه|محصول|شماره|عکس) ?ی? (?:سوم|سه|3)|sevomi\\p{L}{0,2}|the third(?: one)?|third one|3rd(?: one)?|number (?:3|three))`,
  ],
  [
    4,
    `(?:چهارمی(?:ه|ش|شو|و)?|(?:مورد|مدل|گزینه|محصول|عکس) ?ی? (?:چهارم|چهار|4)|chaharomi\\p{L}{0,2}|the fourth(?: one)?|fourth one|4th(?: one)?|number (?:4|four))`,
  ],
  [
    5,
    '(?:پنجمی(?:ه|ش|شو|و)?|(?:مورد|مدل|گزینه|محصول|عکس) ?ی? (?:پنجم|پنج|5)|the fifth(?: one)?|fifth one|5th(?: one)?)',
  ],
  [-1, '(?:اخری(?:ه|ش|شو|و)?|akhari\\p{L}{0,2}|the last(?: one)|last one)'],
];
const LESS = 'ارز(?:و|ا)ن';
const MORE = 'گر(?:و|ا)ن';
const PRICED: readonly (readonly ['cheapest' | 'dearest', string])[] = [
  [
    'cheapest',
    `(?:${LESS} ?تر(?:ه|یه|ین ?ش|ین ?شون|ینشو)|(?:اون|همون|این) ${LESS}(?:ه|ترین)|${LESS}ه(?= (?:رو|را|میخوا\\p{L}*)))${REST}`,
  ],
  [
    'dearest',
    `(?:${MORE} ?تر(?:ه|یه|ین ?ش|ین ?شون|ینشو)|(?:اون|همون|این) ${MORE}(?:ه|ترین)|${MORE}ه(?= (?:رو|را|میخوا\\p{L}*)))${REST}`,
  ],
  [
    'cheapest',
    'arz(?:oo|u|ou|o)n ?tar(?:e|eh|eye)(?: ?ro)?|the (?:cheaper|cheapest|less expensive)(?: one| of (?:them|these|those|the two))?|which(?: one| of (?:them|these|those))?(?: is| s)? (?:the )?(?:cheaper|cheapest|less expensive)',
  ],
  [
    'dearest',
    'ger(?:oo|u|ou|o)n ?tar(?:e|eh|eye)(?: ?ro)?|the (?:dearer|pricier|more expensive|most expensive)(?: one| of (?:them|these|those|the two))?|which(?: one| of (?:them|these|those))?(?: is| s)? (?:the )?(?:pricier|more expensive|most expensive)',
  ],
];
const OTHER =
  '(?:اون|آن|ان|اونی?) یکی(?: ?(?:ش|شو|و|یش|رو|را|شون))*|یکی دیگش|the other one|the other(?= (?:is|in|come|have|has|how|what))|oo?n yeki\\p{L}{0,2}';

const BOTH =
  '(?:هر ?دو\\p{L}*|هر ?دوتا\\p{L}*|دوتاش(?:و|ون|ونو)?|دو ?تا(?:یی|شون|شونو)|جفتش(?:و|ون|ونو)?|both(?: of (?:them|these|those))?|the two(?: of them)?(?= together|$)|har ?do(?:ta)?(?:sh|sho|shoon)?|jofteshoon?)';
/** What tells one of several from the others stands between. */
const DESCRIBED: readonly RegExp[] = [
  /(?<!\p{L})the ((?:[\p{L}\d]+ ){1,3})ones?(?!\p{L})/u,
  /(?<!\p{L})(?:the )?ones? (?:with|that has|which has|that is|that s|in|for) (?:the |a |an )?((?:[\p{L}\d]+ ?){1,4})$/u,
  /(?<!\p{L})(?:اون|همون|این)(?:ی)? که ((?:[\p{L}\d]+ ){1,4})(?:داره|دارد|هست|هستش|بود|باشه|توشه)(?!\p{L})/u,
  /(?<!\p{L})(?:اون|همون|این) ([\u0600-\u06ff]{3,})ه(?!\p{L})/u,
  /^([\u0600-\u06ff]{3,})ه(?= (?:رو|را|چند|چنده|چقدر|چقدره|چطور|چطوره|چی|قیمت|قیمتش|هم|سایز|جنسش|وزنش)(?!\p{L})|$)/u,
];

const whole = (pattern: string) => new RegExp(formPattern(`(?<![\\p{L}\\d])(?:${pattern})(?![\\p{L}\\d])`), 'u');
const FORMS: readonly (readonly [Reference, RegExp])[] = [
  ...ORDINALS.map(([place, pattern]) => [{ kind: 'ordinal', place } as const, whole(pattern)] as const),
  ...PRICED.map(([which, pattern]) => [{ kind: 'price', which } as const, whole(pattern)] as const),
  [{ kind: 'other' }, whole(OTHER)],
  [{ kind: 'both' }, whole(BOTH)],
];

export interface ReferenceInText {
  reference: Reference;
  /** The text in matching form without the words that point. */
  rest: string;
}

/** Where a line points to; null for one that does not. */
export function readReference(line: string): ReferenceInText | null {
  const words = wordsOf(line.slice(0, 600)).join(' ');
  for (const [reference, pattern] of FORMS)
    if (pattern.test(words)) return { reference, rest: withoutForm(words, pattern) };
  const compared = readComparison(line);
  if (compared) return { reference: { kind: 'measured', ...compared.comparison }, rest: compared.rest };
  for (const pattern of DESCRIBED) {
    const described = pattern.exec(words)?.[1]?.trim().split(' ') ?? [];
    if (described.length > 0)
      return { reference: { kind: 'described', words: described }, rest: withoutForm(words, pattern) };
  }
  return null;
}

const withoutForm = (words: string, pattern: RegExp): string => words.replace(pattern, ' ').replace(/ +/g, ' ').trim();

/** What a reference is resolved among. */
export interface Shown {
  id: string;
  price: { amount: bigint; currency: string } | null;
}

/**
 * Which of the products that were shown a reference means, by their places and prices; null where none is. `lists`: those of each answer in the order in which
 * they were shown, the newest answer first. One that showed a single product narrowed the one before it and is no list to count in.
 */
export function resolveReference<P extends Shown>(reference: Reference, lists: readonly (readonly P[])[]): P | null {
  const list = lists.find(({ length }) => length > 1);
  if (!list) return null;
  if (reference.kind === 'ordinal') return list.at(reference.place > 0 ? reference.place - 1 : reference.place) ?? null;
  if (reference.kind === 'other') {
    const [last] = lists;
    const spokenOf = last?.length === 1 ? last[0] : undefined;
    const others = list.filter(({ id }) => id !== spokenOf?.id);
    return spokenOf && others.length === 1 ? (others[0] ?? null) : null;
  }
  if (reference.kind !== 'price') return null;
  const priced = list.filter((product) => product.price !== null);
  const currency = priced[0]?.price?.currency;
  // What has no price may cost less, and prices in two currencies cannot be told apart.
  if (priced.length < list.length || priced.some(({ price }) => price?.currency !== currency)) return null;
  const sorted = [...priced].sort((a, b) => Number((a.price?.amount ?? 0n) - (b.price?.amount ?? 0n)));
  return (reference.which === 'cheapest' ? sorted[0] : sorted.at(-1)) ?? null;
}

/** Lists of ids as lists of what is still there of them. */
export function toLists<P extends { id: string }>(
  lists: readonly (readonly string[])[],
  products: readonly P[],
): P[][] {
  const byId = new Map(products.map((product) => [product.id, product]));
  return lists.map((ids) => ids.flatMap((id) => byId.get(id) ?? [])).filter(({ length }) => length > 0);
}
