import { isSameWord, subjectWords } from '../../faqs/faq-match.ts';
import type { KnownProduct } from '../known-product.ts';

/** Products that share the best match are all given: the text does not tell them apart. */
export type Mention = readonly KnownProduct[];

/** Finds which of a few known products a piece of text names. */
export type MentionFinder = (text: string) => Mention;

const GENERIC = new Set(
  ['مدل', 'رنگ', 'سایز', 'طرح', 'جنس', 'کد', 'model', 'color', 'colour', 'size', 'new', 'جدید'].flatMap((word) => [
    word,
  ]),
);

/** Prepares the titles once; each search is a comparison of words that forgives endings and one wrong letter. */
export function createMentionFinder(products: readonly KnownProduct[]): MentionFinder {
  const titles = products.map((product) => ({
    product,
    words: subjectWords(`${product.title} ${product.brand ?? ''}`).filter((word) => !GENERIC.has(word)),
  }));
  return (text) => {
    const said = subjectWords(text).slice(0, 200);
    const matches = titles
      .map(({ product, words }) => {
        const hits = words.filter((word) => said.some((other) => isNamed(word, other))).length;
        return { product, hits, share: words.length === 0 ? 0 : hits / words.length };
      })
      .filter(({ hits }) => hits > 0)
      .sort((a, b) => b.hits - a.hits || b.share - a.share);
    const best = matches[0];
    if (!best) return [];
    return matches
      .filter(({ hits, share }) => hits === best.hits && share === best.share)
      .map(({ product }) => product);
  };
}

/** Codes such as A52 and sizes are another product as soon as one sign differs. */
function isNamed(word: string, said: string): boolean {
  return /\d/.test(word) || /\d/.test(said) ? word === said : isSameWord(word, said);
}
