import { ensureAccount } from '../accounts/store.ts';
import type { FoundProduct } from '../catalog/found-product.ts';
import { saveProducts } from '../catalog/product-write-store.ts';
import type { Channel } from '../channels/channel.ts';
import { SIMULATOR_ACCOUNT } from '../channels/simulator/index.ts';
import type { Inbox } from '../inbox/inbox.ts';
import type { Database } from '../platform/database/client.ts';
import { DEMO_CANNED_REPLIES, DEMO_CUSTOMERS, DEMO_FAQS, DEMO_PRODUCTS } from './demo-shop.ts';

export interface DemoDeps {
  db: Database;
  businessId: string;
  ingest: Inbox['ingest'];
  /** The simulator: the customers' messages take the way of every message, and nothing leaves. */
  simulator: Channel;
}

/**
 * Fills an empty business with a demo shop and lets its customers write. Does nothing, and returns false, when the business
 * has products, questions or conversations: a real shop is never mixed with invented goods.
 */
export async function loadDemo({ db, businessId, ingest, simulator }: DemoDeps): Promise<boolean> {
  const loaded = await db.$transaction(async (tx) => {
    // One of two APIs that start at once loads it; the other finds it there.
    await tx.$queryRaw`SELECT id FROM businesses WHERE id = ${businessId}::uuid FOR UPDATE`;
    const where = { businessId };
    const counts = await Promise.all([
      tx.product.count({ where }),
      tx.faq.count({ where }),
      tx.conversation.count({ where }),
    ]);
    if (counts.some((count) => count > 0)) return false;
    await tx.faq.createMany({ data: DEMO_FAQS.map((faq) => ({ businessId, ...faq })) });
    await tx.cannedReply.createMany({ data: DEMO_CANNED_REPLIES.map((reply) => ({ businessId, ...reply })) });
    const drafts = DEMO_PRODUCTS.map((product) => ({ key: `demo:${product.sku}`, found: toFound(product) }));
    await saveProducts(tx, { businessId, source: 'import', sourceId: null, readPages: false }, drafts, 'table');
    return true;
  });
  if (!loaded) return false;
  // The simulator's plain account belongs to the first business that has it.
  await ensureAccount(db, businessId, 'simulator', SIMULATOR_ACCOUNT);
  for (const { name, says } of DEMO_CUSTOMERS)
    for (const text of says) {
      const rawBody = Buffer.from(JSON.stringify({ account: SIMULATOR_ACCOUNT, conversation: `demo-${name}`, text }));
      await ingest(simulator, { rawBody, headers: {}, receivedAtMs: Date.now() });
    }
  return true;
}

function toFound({
  sku,
  title,
  brand,
  category,
  toman,
  available = true,
}: (typeof DEMO_PRODUCTS)[number]): FoundProduct {
  return {
    externalId: sku,
    url: null,
    title,
    description: '',
    brand,
    categories: [category],
    imageUrls: [],
    available,
    price: { amount: BigInt(toman), currency: 'IRT' },
    oldPrice: null,
    currency: 'IRT',
    variants: [],
    attributes: [],
  };
}
