import { resolveReference, toLists } from '../replies/reading/references.ts';
import type { Turn } from '../replies/turn.ts';
import { wordsOf } from '../text/persian.ts';
import { maySpeakOfProducts, type OrderForm, type OrderInput, type OrderProduct } from './order-form.ts';
import { splitWishes } from './order-reading.ts';
import type { ProductLookup } from './product-lookup.ts';
import { toOrderProduct } from './store.ts';

type Meant = Pick<OrderInput, 'found' | 'apart'>;

const DAY_MS = 24 * 3_600_000;
const MAX_CHOICES = 5;

/** Words that stand in every order and name nothing. In matching form. */
const SAYING = new Set(
  wordsOf(
    'می‌خوام می‌خواهم می‌خواستم بخرم خرید سفارش بدم بدهم بده ثبت کنم لطفا سلام رو را از این اون یک یه دو سه تا عدد دونه با برای برام ' +
      'هم همچنین اضافه دیگه دیگر علاوه حذف بردار نمی‌خوام بکن بکنش کن کنید کنین بشه نباشه بذار بزار بفرست بفرستید بدید بدین همین اینم اونم ' +
      'به جا جای جاش جاشو بجای بجاش عوض عوضش عوضشو جایگزین instead rather than swap replace be ja jash jaye bejash bejaye avaz avazesh ' +
      'also add too plus another more remove drop without out bekharam mikham sefaresh ye yek yeki do se ta kon ham ezafe bede bedid ' +
      'i want to buy order get take please the a an of and for me my this that it one two three hi hello would like need can some',
  ),
);

/** Which products a turn means to buy. They are looked for only where the form may take one. */
export async function findMeant(
  products: ProductLookup,
  { businessId, context, text, reading, recentProductIds, recentLists }: Readonly<Turn>,
  form: OrderForm | undefined,
): Promise<Meant> {
  if (form && !maySpeakOfProducts(form, text)) return { found: [] };
  const tapped = await products.findTapped(context);
  if (tapped.length > 0) return { found: tapped.map(toOrderProduct) };
  // «ارزون‌تره رو می‌خوام»: one of those that were shown.
  if (!form && reading.reference !== null) {
    const lists = await recentLists(DAY_MS);
    const shown = lists.length === 0 ? [] : await products.findProducts(businessId, [...new Set(lists.flat())]);
    const pointed = resolveReference(reading.reference, toLists(lists, shown));
    if (pointed) return { found: [toOrderProduct(pointed)] };
  }
  const apart = await findApart(products, businessId, text);
  if (apart.length > 1) return { found: [], apart };
  const named = await findOrderable(products, businessId, text);
  if (named.length > 0 || form) return { found: named };
  const ids = await recentProductIds(DAY_MS);
  return { found: ids.length === 0 ? [] : (await products.findProducts(businessId, ids)).map(toOrderProduct) };
}

/** A text that names several products one by one: it must be clear of each part which one it means. */
async function findApart(
  products: ProductLookup,
  businessId: string,
  text: string,
): Promise<NonNullable<Meant['apart']>> {
  const parts = splitWishes(text).filter((part) => namingWordsOf(products, part).length > 0);
  if (parts.length < 2) return [];
  const found = await Promise.all(parts.map((part) => findOrderable(products, businessId, part)));
  const apart = found.flatMap(([product, ...rivals], at) =>
    product && rivals.length === 0 ? [{ product, text: parts[at] as string }] : [],
  );
  const isClear =
    apart.length === parts.length && new Set(apart.map(({ product }) => product.id)).size === apart.length;
  return isClear ? apart : [];
}

/** Words of a text that can name a product, in matching form: «۲ تا» counts and names none. */
function namingWordsOf(products: ProductLookup, text: string): string[] {
  return products.searchWordsOf(text).filter((word) => word.length > 1 && !SAYING.has(word));
}

/** Products that an order may mean: one when it is clear which, several to choose from, or none. */
async function findOrderable(products: ProductLookup, businessId: string, text: string): Promise<OrderProduct[]> {
  const words = namingWordsOf(products, text);
  if (words.length === 0) return [];
  return (await products.findNamed(businessId, text, words, MAX_CHOICES)).map(toOrderProduct);
}
