/** What can be told of a page from its address, before it is read. Pure. */

/** Paths by which shops name product pages. */
const PRODUCT_PATH = /\/(?:products?|p|item|kala|محصول(?:ات)?|dkp-\d+)(?:[/?-]|$)/i;
/** Lists of products, whose paths begin in the same way. */
const LIST_PATH =
  /\/(?:products?[-_](?:cat(?:egory|egories|s)?|tags?|brands?|types?|lists?|archives?|attributes?)|دسته[-_ ]?(?:بندی)?[-_ ]?محصول(?:ات)?)(?:[/?]|$)/i;

const PRODUCT_WORDS = new Set(['product', 'products', 'kala', 'mahsol', 'mahsool', 'mahsulat', 'محصول', 'محصولات']);
/** Parts of a sitemap's name that say that it lists lists of products. */
/* biome-ignore format: a table of words. */
const LIST_WORDS = new Set(['cat', 'cats', 'category', 'categories', 'tag', 'tags', 'brand', 'brands', 'attribute', 'attributes',
  'taxonomy', 'taxonomies', 'type', 'types', 'collection', 'collections', 'دسته']);

/** Whether a product's page is likely at a key (`productKey`) or an address. */
export function isProductAddress(key: string): boolean {
  return PRODUCT_PATH.test(key) && !LIST_PATH.test(key);
}

/**
 * What a sitemap lists, by its name: «product-sitemap.xml», «sitemap_products_1.xml.gz» products, «product_cat-sitemap.xml» lists
 * of them, «sitemap.xml» anything.
 */
export function kindOfSitemap(url: string): 'products' | 'lists' | 'anything' {
  const name = decodeName(new URL(url).pathname.split('/').at(-1) ?? '');
  const words = name.toLowerCase().split(/[^\p{L}]+/u);
  if (words.some((word) => LIST_WORDS.has(word))) return 'lists';
  return words.some((word) => PRODUCT_WORDS.has(word)) ? 'products' : 'anything';
}

function decodeName(name: string): string {
  try {
    return decodeURIComponent(name);
  } catch {
    return name;
  }
}
