import { maybeSize } from '../attributes/customer-words.ts';
import { namesSomething, searchWordsOf } from './product-query.ts';
import { synonymsOf } from './search-synonyms.ts';

/** One word of a question with the words of the catalog that answer it, and how well (see `matchWords`). */
export interface WordGroup {
  asked: string;
  /** It narrows what is found and hides nothing: a colour, a size. */
  isSoft?: boolean;
  /** Lexemes of the catalog; a pair stands for a word that the catalog writes in two. */
  found: { words: string[]; quality: number }[];
}

export interface Rankable {
  title: string;
  searchText: string;
  available: boolean | null;
}

export interface Ranked<T> {
  product: T;
  /** How much of the question it answers: 1 all of it, whatever it says of colours and sizes. */
  coverage: number;
  /** The same, should its bare numbers be sizes: «کفش ۴۳». Only of products with sizes that is so. */
  coverageBySize: number;
  /** True when it answers the colours and sizes as well. */
  isWhole: boolean;
  /** The question has its whole title, and besides only words that no product of the shop has. */
  isTitled: boolean;
  score: number;
}

const OUTSIDE_TITLE = 0.85;
const TITLE_SHARE_WEIGHT = 0.2;
const AVAILABLE_BONUS = 0.05;
const MODEL_NUMBER_WEIGHT = 1.5;

/** Orders candidates by how much of the question they answer, then how much of their title was asked for. Pure. */
export function rankProducts<T extends Rankable>(products: readonly T[], groups: readonly WordGroup[]): Ranked<T>[] {
  const weights = groups.map((group) => (/\d/.test(group.asked) ? MODEL_NUMBER_WEIGHT : 1));
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const hard = weights.reduce((sum, weight, at) => sum + (groups[at]?.isSoft ? 0 : weight), 0);
  const isUnheard = ({ asked, found }: WordGroup) =>
    found.length === 0 && !/\d/.test(asked) && synonymsOf(asked).length === 0;
  return products
    .map((product) => {
      const title = new Set(searchWordsOf(product.title));
      const all = new Set([...title, ...product.searchText.split(' '), ...searchWordsOf(product.searchText)]);
      let coverage = 0;
      let quality = 0;
      // A colour that is there speaks for a product; one that is not takes nothing from it.
      let narrowed = 0;
      let isWhole = true;
      let sizes = 0;
      let isHeard = false;
      const used = new Set<string>();
      groups.forEach((group, at) => {
        const best = group.found
          .filter(({ words }) => words.every((word) => all.has(word)))
          .map((entry) => ({ ...entry, quality: entry.quality * (inTitle(entry.words, title) ? 1 : OUTSIDE_TITLE) }))
          .sort((a, b) => b.quality - a.quality)[0];
        if (!best) {
          if (group.isSoft) isWhole = false;
          else if (maybeSize(group.asked)) sizes += weights[at] ?? 1;
          isHeard ||= !group.isSoft && !isUnheard(group);
          return;
        }
        if (group.isSoft) narrowed += weights[at] ?? 1;
        else coverage += weights[at] ?? 1;
        quality += best.quality * (weights[at] ?? 1);
        for (const word of best.words) used.add(word);
      });
      const naming = [...title].filter(namesSomething);
      const titleShare = title.size === 0 ? 0 : [...title].filter((word) => used.has(word)).length / title.size;
      const bonus = titleShare * TITLE_SHARE_WEIGHT + (product.available === false ? 0 : AVAILABLE_BONUS);
      return {
        product,
        coverage: hard === 0 ? 0 : (coverage + narrowed) / (hard + narrowed),
        coverageBySize: hard === sizes ? 0 : (coverage + narrowed) / (hard - sizes + narrowed),
        isWhole,
        isTitled: !isHeard && naming.length > 1 && naming.every((word) => used.has(word)),
        score: total === 0 ? bonus : quality / total + bonus,
      };
    })
    .sort((a, b) => b.score - a.score || (a.product.title < b.product.title ? -1 : 1));
}

function inTitle(words: readonly string[], title: ReadonlySet<string>): boolean {
  return words.every((word) => title.has(word));
}
