import { readFigures } from '../../../analytics/figures.ts';
import type { GroundingCheck } from '../grounding-check.ts';
import type { ShopSaying } from '../price-claims.ts';
import { POLICY_KINDS, type PolicyKind, type StatedWord } from './policy-kinds.ts';
import { asksIf, clausesOf, isDenied, isNotKnown, leavesToOthers } from './sentence-parts.ts';

export interface UnprovenClaim {
  check: GroundingCheck;
  /** Of what; no words of the customer. */
  what: string;
}

const TIME =
  /^(?:روز\p{L}*|ساعت\p{L}*|هفته\p{L}*|ماه\p{L}*|سال\p{L}*|days?|hours?|weeks?|months?|years?|working|business|rooz\p{L}*|roz\p{L}*|saat\p{L}*|hafte\p{L}*|mah\p{L}*|sal\p{L}*)$/u;
const UNIT_OF_TIME: ReadonlyArray<readonly [string, RegExp]> = [
  ['hour', /^(?:ساعت|hour|saat)/u],
  ['week', /^(?:هفته|week|hafte)/u],
  ['month', /^(?:ماه|month|mah)/u],
  ['year', /^(?:سال|year|sal)/u],
  ['day', /./u],
];
const CLOCK_BEFORE = /^(?:ساعت|از|تا|الی|at|from|to|till|until|saat|az|ta)$/u;
const CLOCK_AFTER = /^(?:صبح|عصر|شب|ظهر|بعدازظهر|بامداد|تا|الی|am|pm|to|sobh|asr|shab|ta)$/u;

/** A figure that a claim states. `unit` tells apart 7 days and 7 months. */
interface StatedFigure {
  value: number;
  unit: string;
  at: number;
}

interface Stated {
  figures: StatedFigure[];
  words: StatedWord[];
  /** Where the claim stands, for the clause that may deny it. */
  places: number[];
  isAffirmed: boolean;
}

export interface PolicyGrounds {
  sayings: readonly ShopSaying[];
  /** What the products that are spoken of say of themselves. */
  ofProducts: readonly ShopSaying[];
  /** What was asked or said before: it tells what a bare «۲ روزه» is about. */
  before: string;
}

/** What a sentence says of delivery, returns, warranty, payment, hours and contact that the shop does not say. Pure. */
export function findPolicyClaims(form: string, isQuestion: boolean, grounds: PolicyGrounds): UnprovenClaim[] {
  if (isQuestion || asksIf(form)) return [];
  const figures = timesIn(form);
  return POLICY_KINDS.flatMap((kind) => {
    const stated = statedOf(kind, form, figures, grounds.before);
    if (stated === null || isOnlyDenied(form, stated)) return [];
    const isProven = [...grounds.sayings, ...grounds.ofProducts].some((saying) => proves(saying, kind, stated));
    return isProven ? [] : [{ check: kind.check, what: kind.what }];
  });
}

function timesIn(form: string): (StatedFigure & { isClock: boolean })[] {
  return readFigures(form).flatMap((figure) => {
    if (figure.unit !== null || !figure.readable) return [];
    const isTime = TIME.test(figure.after);
    const isClock =
      !isTime && figure.value <= 24 && (CLOCK_BEFORE.test(figure.before) || CLOCK_AFTER.test(figure.after));
    // «۲ تا ۳ روز»: the lower bound has the unit of the upper.
    const bound = /^\s*(?:تا|الی|یا|to|or|ta|[-–])\s*\S+\s+(\p{L}+)/u.exec(form.slice(figure.to))?.[1];
    const isBound = !isTime && bound !== undefined && TIME.test(bound);
    if (!isTime && !isClock && !isBound) return [];
    const name = isTime ? figure.after : (bound ?? '');
    const unit = isClock && !isBound ? 'clock' : (UNIT_OF_TIME.find(([, pattern]) => pattern.test(name))?.[0] ?? 'day');
    return [{ value: figure.value, unit, at: figure.from, isClock: unit === 'clock' }];
  });
}

function statedOf(kind: PolicyKind, form: string, times: ReturnType<typeof timesIn>, before: string): Stated | null {
  const isSpokenOf =
    kind.topic.test(form) || (!POLICY_KINDS.some(({ topic }) => topic.test(form)) && kind.topic.test(before));
  const words = kind.words.filter(({ pattern }) => pattern.test(form) && isNearest(kind, form, placeOf(pattern, form)));
  const opens =
    kind.check === 'hours' && words.some(({ name }) => name.endsWith('day')) && times.some(({ isClock }) => isClock);
  if (!isSpokenOf && !opens) return null;
  const figures = times.filter(
    ({ isClock, at }) => kind.figures.includes(isClock ? 'clock' : 'time') && isNearest(kind, form, at),
  );
  const affirming = kind.affirms !== null && kind.topic.test(form) && kind.affirms.test(form);
  const isAffirmed = affirming && !leavesToOthers(form) && !isNotKnown(form);
  if (figures.length === 0 && words.length === 0 && !isAffirmed) return null;
  const places = [...figures.map(({ at }) => at), ...words.map(({ pattern }) => placeOf(pattern, form))];
  return { figures, words, isAffirmed, places: places.length > 0 ? places : [placeOf(kind.topic, form)] };
}

const ALL_OF = new Map(POLICY_KINDS.map((kind) => [kind, new RegExp(kind.topic.source, 'gu')]));

const placeOf = (pattern: RegExp, form: string): number => Math.max(0, form.search(pattern));

/** «ارسال ۲ روزه و ۷ روز مهلت مرجوعی»: each figure belongs to the topic that stands nearest. */
function isNearest(kind: PolicyKind, form: string, at: number): boolean {
  const away = (other: PolicyKind) => {
    const places = [...form.matchAll(ALL_OF.get(other) as RegExp)].map(({ index, 0: text }) =>
      Math.min(Math.abs(index - at), Math.abs(index + text.length - at)),
    );
    return Math.min(...places, Number.POSITIVE_INFINITY);
  };
  const own = away(kind);
  return POLICY_KINDS.every((other) => other === kind || other.figures.length === 0 || away(other) >= own);
}

/** Every place of it stands in a clause that denies. */
function isOnlyDenied(form: string, { words, places }: Stated): boolean {
  const cleared = words.reduce((text, { pattern }) => text.replace(pattern, (found) => '_'.repeat(found.length)), form);
  return places.every((place) => isDenied(clauseAt(cleared, place)));
}

function clauseAt(form: string, place: number): string {
  let from = 0;
  for (const clause of clausesOf(form)) {
    const start = form.indexOf(clause, from);
    if (place <= start + clause.length) return clause;
    from = start + clause.length;
  }
  return form;
}

function proves(saying: ShopSaying, kind: PolicyKind, stated: Stated): boolean {
  if (!kind.topic.test(saying.form)) return false;
  if (!stated.words.every(({ name, pattern }) => pattern.test(saying.form) && !deniesWord(saying, name, pattern)))
    return false;
  const own = timesIn(saying.form);
  const isSaid = ({ value, unit }: StatedFigure) =>
    own.some(
      (other) => other.unit === unit && (other.value === value || (unit === 'clock' && other.value === value + 12)),
    ) ||
    (unit === 'clock' && saying.figures.some((figure) => figure.value === value || figure.value === value + 12));
  if (!stated.figures.every(isSaid)) return false;
  return stated.figures.length > 0 || stated.words.length > 0 || !isDenied(saying.answer);
}

/** «پرداخت در محل نداریم» proves nothing of it. */
function deniesWord(saying: ShopSaying, name: string, pattern: RegExp): boolean {
  const cleared = saying.answer.replace(pattern, name.replaceAll(' ', '_'));
  const clauses = clausesOf(cleared);
  const own = clauses.filter((clause) => clause.includes(name.replaceAll(' ', '_')));
  return (own.length > 0 ? own : clauses.slice(0, 1)).every(isDenied);
}
