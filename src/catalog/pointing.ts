import { type Reference, resolveReference } from '../replies/reading/references.ts';
import { wordsOf } from '../text/persian.ts';
import { extremeOf } from './attributes/scales.ts';
import type { Product } from './product-store.ts';
import { namesSomething } from './search/product-query.ts';
import { saidWord, statementOf } from './statements.ts';

/** As many as «هر دو» may mean. */
const MAX_TOGETHER = 4;

/** Which of the products that were shown, the newest answer first, a customer points at; empty where that is not clear. Pure. */
export function resolvePointed(reference: Reference, lists: readonly (readonly Product[])[]): Product[] {
  const [last = []] = lists;
  const list = lists.find(({ length }) => length > 1) ?? [];
  switch (reference.kind) {
    case 'both':
      return bothOf(lists);
    case 'measured': {
      const extreme = extremeOf(list, reference.scale, reference.which);
      return extreme ? [extreme.product] : [];
    }
    case 'described':
      return describedAmong(list, reference.words, last);
    default: {
      const meant = resolveReference(reference, lists);
      return meant ? [meant] : [];
    }
  }
}

/** The few that were shown together, else the last two that were spoken of one by one. */
function bothOf(lists: readonly (readonly Product[])[]): Product[] {
  const [last = []] = lists;
  if (last.length > 1) return last.length <= MAX_TOGETHER ? [...last] : [];
  const spokenOf = [...new Map(lists.flat().map((product) => [product.id, product])).values()];
  return spokenOf.length >= 2 ? spokenOf.slice(0, 2) : [];
}

/** The one of which alone all the words are true, or that alone is called so. */
function describedAmong(list: readonly Product[], words: readonly string[], last: readonly Product[]): Product[] {
  const telling = words.flatMap(wordsOf).filter(namesSomething);
  if (telling.length === 0 || list.length < 2) return [];
  const says = (product: Product) => telling.every((word) => statementOf(product, saidWord(word))?.says === 'yes');
  const called = (product: Product) => telling.every((word) => wordsOf(product.title).some(saidWord(word)));
  for (const isMeant of [called, says]) {
    const meant = list.filter(isMeant);
    // «مشکیه چنده؟» of the coat that was spoken of last is one of its colours.
    if (meant.length === 1 && (last.length !== 1 || isMeant === called)) return meant;
  }
  return [];
}
