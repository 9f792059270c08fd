import { z } from 'zod';
import type { Currency } from '../../text/money.ts';
import type { Complaint } from '../found-product.ts';
import { productKey } from '../product-key.ts';
import { emptyProduct, keepOldPrice, readAvailability, readPrice, readText, readUrl, readUrls } from './found-parts.ts';
import { LIMITS, type ListedItem } from './source.ts';

const id = z.union([z.string(), z.number()]);

/** The names of all forms of the feed; whatever else a shop adds is not read. */
const torobItem = z.object({
  product_id: id.optional(),
  page_unique: id.optional(),
  id: id.optional(),
  page_url: z.string().optional(),
  url: z.string().optional(),
  link: z.string().optional(),
  title: z.string().nullish(),
  name: z.string().nullish(),
  subtitle: z.string().nullish(),
  price: z.unknown().optional(),
  current_price: z.unknown().optional(),
  old_price: z.unknown().optional(),
  availability: z.unknown().optional(),
  available: z.unknown().optional(),
  category_name: z.string().nullish(),
  brand: z.string().nullish(),
  image_link: z.unknown().optional(),
  image_links: z.unknown().optional(),
  images: z.unknown().optional(),
  short_desc: z.string().nullish(),
});

/** One line of a Torob feed of any form; null, with a complaint, when it names no product. `base` is the feed's address. */
export function readTorobItem(
  raw: unknown,
  currency: Currency,
  base: string,
  complaints: Complaint[],
): ListedItem | null {
  const parsed = torobItem.safeParse(raw);
  if (!parsed.success) {
    const field = String(parsed.error.issues[0]?.path[0] ?? 'item');
    complaints.push({ code: 'item_unreadable', at: readText(field, 50), detail: readText(JSON.stringify(raw), 200) });
    return null;
  }
  const item = parsed.data;
  const externalId = readText(item.product_id ?? item.page_unique ?? item.id, LIMITS.externalId);
  const url = readUrl(item.page_url ?? item.url ?? item.link, base);
  const key = (url && productKey(url)) ?? (externalId === '' ? null : `torob:${externalId}`);
  if (!key) {
    complaints.push({ code: 'item_without_address', at: externalId, detail: readText(item.page_url, 200) });
    return null;
  }
  const at = url ?? externalId;
  const price = readPrice(item.price ?? item.current_price, currency, at, complaints);
  const pictures = [item.image_link, ...(Array.isArray(item.image_links) ? item.image_links : [])];
  const product = {
    ...emptyProduct(currency),
    externalId,
    url,
    title: readText(item.title ?? item.name, LIMITS.title),
    description: readText(item.short_desc ?? item.subtitle, LIMITS.description),
    brand: readText(item.brand, LIMITS.brand),
    categories: [readText(item.category_name, LIMITS.category)].filter(Boolean),
    imageUrls: readUrls([...pictures, ...(Array.isArray(item.images) ? item.images : [])], base),
    available: readAvailability(item.availability ?? item.available),
    price,
    oldPrice: keepOldPrice(price, readPrice(item.old_price, currency, at, [])),
  };
  // A price in another currency than the feed's would be named wrongly by the product's own.
  return { key, url, product: { ...product, currency: price?.currency ?? currency }, changedAt: null };
}
