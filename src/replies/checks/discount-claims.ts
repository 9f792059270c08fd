import { type Figure, readFigures } from '../../analytics/figures.ts';
import { isSameWord } from '../../faqs/faq-match.ts';
import type { KnownProduct } from '../known-product.ts';
import { contentOf, type ShopSaying, spokenPrice } from './price-claims.ts';
import type { Mention } from './product-mentions.ts';

const KINDS: ReadonlyArray<[string, RegExp]> = [
  ['free', /(?<!\p{L})(?:رایگان|مجانی|اشانتیون|free|complimentary|no charge|gratis)(?!\p{L})/u],
  ['discount', /(?<!\p{L})(?:تخفیف|حراج|آف(?!\p{L})|جشنواره|کوپن|discount|coupon|promo|voucher|cashback|on sale)/u],
  ['discount', /(?<!\p{L})(?:off|sale)(?!\p{L})/u],
  ['percent', /[%٪]|(?<!\p{L})(?:درصد|percent)/u],
];
const OTHERWISE =
  /feel free|free to (?:ask|write|message|contact)|free size|[\p{L}]-free|for sale|off-white|day off|فری سایز|sale team/gu;
const DENIED =
  /(?<!\p{L})(?:نیست|نیستند|ندارد|نداره|نداریم|ندارم|نمی ?\p{L}+|نشده|بدون|no|not|don t|doesn t|isn t|aren t|can t|cannot|won t|without)(?!\p{L})/u;
const ASKS_IF = /(?<!\p{L})(?:اگر|اگه|آیا|if|whether)(?!\p{L})/u;
const CLAUSES = /[،,؛;:()\n]|(?<=\s)(?:ولی|اما|but)(?=\s)/u;

/** Discounts, gifts and percentages in a sentence that neither the shop's words nor an old price prove. Pure. */
export function findDiscountClaims(
  form: string,
  about: Mention,
  isQuestion: boolean,
  sayings: readonly ShopSaying[],
): string[] {
  const cleaned = form.replace(OTHERWISE, ' ');
  return cleaned.split(CLAUSES).flatMap((clause) => {
    const kinds = KINDS.filter(([, pattern]) => pattern.test(clause)).map(([kind]) => kind);
    const kind = kinds.includes('percent') && kinds.length === 1 ? 'percent' : kinds[0];
    if (kind === undefined || (kind === 'percent' && !/[%٪]|درصد|percent/u.test(clause))) return [];
    const percents = percentsOf(clause);
    if (percents.length === 0 && (isQuestion || DENIED.test(clause) || ASKS_IF.test(clause))) return [];
    const proven = isReduced(about, kind, percents) || sayings.some((saying) => says(saying, clause, cleaned, kind));
    return proven ? [] : [kind === 'free' ? 'something for nothing' : 'a discount'];
  });
}

function percentsOf(clause: string): number[] {
  const marked = clause.replace(/[%٪]/gu, ' درصد ');
  return readFigures(marked)
    .filter((figure) => ['درصد', 'percent'].includes(figure.after) || ['درصد'].includes(figure.before))
    .map((figure) => figure.value);
}

/** The product itself has an old price, and the percentage is that of its two prices. */
function isReduced(about: Mention, kind: string, percents: readonly number[]): boolean {
  if (kind === 'free' || about.length !== 1) return false;
  const [product] = about as [KnownProduct];
  if (!product.price || !product.oldPrice) return false;
  const now = spokenPrice(product.price);
  const before = spokenPrice(product.oldPrice);
  if (now.unit !== before.unit || now.absolute >= before.absolute) return false;
  const share = (100 * (before.absolute - now.absolute)) / before.absolute;
  return percents.every((percent) => Math.abs(percent - share) < 1);
}

/** The shop says so of the same thing; a condition with an amount must be told along with it. */
function says(saying: ShopSaying, clause: string, sentence: string, kind: string): boolean {
  const text = saying.words.join(' ');
  const isSameKind = KINDS.some(([name, pattern]) => name === kind && pattern.test(` ${text} `));
  const states = (value: number) => saying.numbers.has(value);
  if (kind === 'percent' ? !percentsOf(clause).every(states) : !isSameKind) return false;
  if (!percentsOf(clause).every(states)) return false;
  const content = contentOf(clause).filter((word) => !KINDS.some(([, pattern]) => pattern.test(` ${word} `)));
  const shares = content.some((word) => saying.words.some((other) => isSameWord(word, other)));
  if (!shares && content.length > 0) return false;
  const stated = readFigures(sentence);
  const conditions = saying.figures.filter((figure) => figure.unit !== null);
  return conditions.every((condition) => stated.some((figure) => isSame(figure, condition)));
}

function isSame(figure: Figure, other: Figure): boolean {
  return figure.value * figure.factor === other.value * other.factor;
}
