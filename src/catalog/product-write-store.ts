import { createHash } from 'node:crypto';
import { v7 as uuidv7 } from 'uuid';
import type { Queries } from '../platform/database/client.ts';
import type { Currency } from '../text/money.ts';
import type { FoundProduct } from './found-product.ts';
import {
  fingerprintContent,
  mergeProduct,
  type ProductContent,
  type ProductVoice,
  searchTextOf,
} from './product-content.ts';
import { attributesOf, type ProductRow, toStoredVariant, WITH_VARIANTS } from './product-row.ts';
import { saveVariants } from './variant-store.ts';

export interface ProductDraft {
  key: string;
  found: FoundProduct;
}

export interface DraftOwner {
  businessId: string;
  source: 'torob' | 'sitemap' | 'import';
  /** Null for an import. */
  sourceId: string | null;
  readPages: boolean;
}

export interface SavedProducts {
  counts: { created: number; updated: number; unchanged: number };
  /** New ones that were not made, because their source has no prices at all. */
  unmade: string[];
  /** Those that can be bought and have no price, whoever might have stated it. */
  priceless: string[];
  /** Those whose price or stock was taken back by this. */
  silenced: string[];
}

interface Change {
  key: string;
  content: ProductContent;
  source: string;
  sourceId: string | null;
  /** Its rows of variants are to be written as well. */
  hasOtherVariants: boolean;
}

/**
 * Takes over what a source said of products; give it a transaction. What says the same as before is not written at all. A
 * product made by hand in the panel is never overwritten, and one that a feed keeps is only described by its page.
 */
export async function saveProducts(
  db: Queries,
  owner: DraftOwner,
  drafts: readonly ProductDraft[],
  speaker: 'list' | 'page' | 'table',
): Promise<SavedProducts> {
  const unique = new Map(drafts.map((draft) => [draft.key, draft]));
  const known = await findByKeys(db, owner.businessId, [...unique.keys()]);
  const saved: SavedProducts = {
    counts: { created: 0, updated: 0, unchanged: 0 },
    unmade: [],
    priceless: [],
    silenced: [],
  };
  const changes: Change[] = [];
  for (const { key, found } of unique.values()) {
    const row = known.get(key) ?? null;
    if (!row && found.unsaid?.includes('price')) {
      saved.unmade.push(key);
      continue;
    }
    const change = changeOf(owner, row, { key, found }, speaker);
    saved.counts[!change ? 'unchanged' : row ? 'updated' : 'created']++;
    const { price, available } = change?.content ?? (row as ProductRow);
    if (price === null && available !== false) saved.priceless.push(key);
    if (!change) continue;
    changes.push(change);
    if (row && ((row.price !== null && price === null) || (row.available !== null && available === null)))
      saved.silenced.push(key);
  }
  if (changes.length > 0) await writeChanges(db, owner.businessId, changes);
  return saved;
}

async function findByKeys(db: Queries, businessId: string, keys: string[]): Promise<Map<string, ProductRow>> {
  const rows = await db.product.findMany({ where: { businessId, sourceKey: { in: keys } }, include: WITH_VARIANTS });
  return new Map(rows.map((row) => [row.sourceKey, row]));
}

function changeOf(owner: DraftOwner, row: ProductRow | null, draft: ProductDraft, speaker: 'list' | 'page' | 'table') {
  if (row?.source === 'manual') return null;
  const isAway = row !== null && (row.removedAt !== null || row.missingSince !== null);
  // A feed that still has it goes on being the one who says the price.
  const keepsOwner = row !== null && row.source === 'torob' && owner.source === 'sitemap' && row.removedAt === null;
  const isOfList = keepsOwner || (owner.source === 'torob' && speaker === 'page');
  const known = row && contentOf(row);
  const content = mergeProduct(known, draft.found, voiceOf(owner, speaker, isOfList));
  const source = keepsOwner ? (row as ProductRow).source : owner.source;
  const sourceId = keepsOwner ? (row as ProductRow).sourceId : owner.sourceId;
  const isSame =
    known !== null &&
    row?.sourceId === sourceId &&
    row.source === source &&
    fingerprintContent(known) === fingerprintContent(content);
  const hasOtherVariants = JSON.stringify(known?.variants ?? []) !== JSON.stringify(content.variants);
  return isSame && !isAway ? null : { key: draft.key, content, source, sourceId, hasOtherVariants };
}

function voiceOf(owner: DraftOwner, speaker: 'list' | 'page' | 'table', isOfList: boolean): ProductVoice {
  if (isOfList) return 'page_of_list';
  return speaker === 'list' && owner.readPages ? 'list_with_pages' : speaker;
}

function contentOf(row: ProductRow): ProductContent {
  const { externalId, url, title, description, brand, categories, available, price, oldPrice } = row;
  return {
    ...{ externalId, url, title, description, brand, categories, available, price, oldPrice },
    availableFrom: row.availableFrom as ProductContent['availableFrom'],
    priceFrom: row.priceFrom as ProductContent['priceFrom'],
    imageUrls: (row.images as { url: string }[]).map((image) => image.url),
    currency: row.currency as Currency,
    variants: row.variants.map(toStoredVariant),
    variantsFrom: row.variantsFrom as ProductContent['variantsFrom'],
    attributes: attributesOf(row),
  };
}

async function writeChanges(db: Queries, businessId: string, changes: readonly Change[]): Promise<void> {
  const rows = changes.map(({ key, content, source, sourceId }) => ({
    id: uuidv7(),
    source_id: sourceId,
    source,
    source_key: key,
    external_id: content.externalId,
    url: content.url,
    title: content.title,
    description: content.description,
    brand: content.brand,
    categories: content.categories,
    images: content.imageUrls.map((url) => ({ url })),
    available: content.available,
    price: content.price === null ? null : String(content.price),
    old_price: content.oldPrice === null ? null : String(content.oldPrice),
    price_from: content.priceFrom,
    available_from: content.availableFrom,
    currency: content.currency,
    variants_from: content.variantsFrom,
    attributes: content.attributes,
    search_text: searchTextOf(content),
    content_hash: createHash('sha256').update(fingerprintContent(content)).digest('base64url'),
  }));
  await db.$executeRaw`
    INSERT INTO products (id, business_id, source_id, source, source_key, external_id, url, title, description, brand,
      categories, images, available, price, old_price, price_from, available_from, currency, variants_from, attributes,
      search_text, content_hash)
    SELECT id, ${businessId}::uuid, source_id, source, source_key, external_id, url, title, description, brand, categories,
      images, available, price, old_price, price_from, available_from, currency, variants_from, attributes, search_text, content_hash
    FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) AS given(id uuid, source_id uuid, source text, source_key text,
      external_id text, url text, title text, description text, brand text, categories text[], images jsonb, available bool,
      price bigint, old_price bigint, price_from text, available_from text, currency text, variants_from text, attributes jsonb,
      search_text text, content_hash text)
    ON CONFLICT (business_id, source_key) DO UPDATE SET
      source_id = excluded.source_id, source = excluded.source, external_id = excluded.external_id, url = excluded.url,
      title = excluded.title, description = excluded.description, brand = excluded.brand, categories = excluded.categories,
      images = excluded.images, available = excluded.available, available_from = excluded.available_from,
      price = excluded.price, old_price = excluded.old_price, price_from = excluded.price_from,
      currency = excluded.currency, variants_from = excluded.variants_from,
      attributes = excluded.attributes, search_text = excluded.search_text,
      content_hash = excluded.content_hash, synced_at = now(), missing_since = NULL, removed_at = NULL, updated_at = now()`;
  await saveVariants(
    db,
    businessId,
    changes
      .filter(({ hasOtherVariants }) => hasOtherVariants)
      .map(({ key, content: { variants } }) => ({ key, variants })),
  );
}
