import { toLatinDigits } from '../../text/persian.ts';
import type { StatedShop } from './format.ts';
import { has, wordingOf } from './wording.ts';

/** What an answer states that nobody told it. Pure. */

/** Smaller numbers count things, days and hours; an amount of money is looked at whatever its size. */
const SMALLEST = 1000;
const CURRENCY = 'تومان|تومن|ریال|دلار|یورو|درهم|toman|tomans|rial|rials|usd|aed|eur|euro|dollars?|dirhams?';
const MONEY = new RegExp(`(\\d+(?:\\.\\d+)?) ?(?:${CURRENCY})(?!\\p{L})|[$€£] ?(\\d+(?:\\.\\d+)?)`, 'gu');
const PERCENT = /(\d+(?:\.\d+)?) ?(?:٪|%|درصد|percent)/gu;
const ADDRESS = /https?:\/\/[^\s)»"]+/g;
/** An order is of a few pieces: its sums are known as well. */
const PIECES = 30;

/** The amounts that the shop states, and the numbers in its words and in the customer's. */
export interface KnownFacts {
  numbers: ReadonlySet<number>;
  prices: readonly number[];
  addresses: ReadonlySet<string>;
}

/** Everything that a shop says of itself; `addresses` are those that lead to it. */
export function factsOf({ shop, products, answers }: StatedShop, addresses: Iterable<string>): KnownFacts {
  const prices = products.flatMap(({ price, oldPrice, variants }) =>
    [price, oldPrice, ...variants.map((variant) => variant.price)].filter((amount) => amount !== undefined),
  );
  const words = [
    shop.name,
    ...answers.flatMap(({ question, answer }) => [question, answer]),
    ...products.flatMap((product) => [
      product.title,
      product.description,
      ...Object.values(product.attributes).flat(),
      ...Object.values(product.options ?? {}).flat(),
      ...product.variants.flatMap((variant) => Object.values(variant.options)),
    ]),
  ];
  return {
    numbers: new Set([...prices, ...wordingOf(words.join('\n')).numbers]),
    prices: [...new Set(prices)],
    addresses: new Set(addresses),
  };
}

/** Amounts, shares and addresses of an answer that neither the shop nor `heard` (the conversation so far, its orders) has. */
export function inventedIn(answer: string, facts: KnownFacts, heard: string): string[] {
  const text = plainOf(answer);
  const own = wordingOf(heard);
  const phones = phonesIn(heard);
  const isKnown = (amount: number) =>
    facts.numbers.has(amount) || own.numbers.has(amount) || phones.has(amount) || isSumOf(amount, facts.prices);
  const amounts = new Set([
    ...[...text.matchAll(MONEY)].map(([, behind, before]) => Number(behind ?? before)),
    ...[...wordingOf(text).numbers].filter((number) => number >= SMALLEST),
  ]);
  const shares = [...text.matchAll(PERCENT)].map(([, number]) => Number(number));
  return [
    ...[...amounts].filter((amount) => amount > 0 && !isKnown(amount)).map(String),
    ...shares.filter((share) => !facts.numbers.has(share) && !has(own, String(share))).map((share) => `${share}%`),
    ...(answer.match(ADDRESS) ?? []).filter((address) => !facts.addresses.has(address)),
  ];
}

/** A phone that was written in groups is the same number in one piece. */
function phonesIn(heard: string): ReadonlySet<number> {
  const groups = toLatinDigits(heard).match(/\d(?:[ -]?\d){9,14}/g) ?? [];
  return new Set(groups.map((group) => Number(group.replace(/[ -]/g, ''))));
}

/** Without addresses, and with numbers as numbers. */
function plainOf(answer: string): string {
  return toLatinDigits(answer)
    .replace(ADDRESS, ' ')
    .replace(/(?<=\d)[,٬،](?=\d{3}(?!\d))/g, '')
    .replace(/٫/g, '.')
    .toLowerCase();
}

function isSumOf(amount: number, prices: readonly number[]): boolean {
  return prices.some(
    (price, at) =>
      (price > 0 && amount % price === 0 && amount / price <= PIECES) ||
      prices.slice(at + 1).some((other) => isSumOfTwo(amount, price, other) || Math.abs(price - other) === amount),
  );
}

/** So few of each are said in one breath. */
const FEW = 4;

const isSumOfTwo = (amount: number, price: number, other: number): boolean =>
  Array.from({ length: FEW }, (_, at) => amount - (at + 1) * price).some(
    (rest) => rest > 0 && rest % other === 0 && rest / other <= FEW,
  );
