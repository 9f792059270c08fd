import type { ChannelLimits } from '../channels/channel-rules.ts';
import type { Queries } from '../platform/database/client.ts';
import type { Language, OutboundContent } from '../text/message.ts';
import type { CatalogVoice } from './catalog-reply.ts';
import { toShownProduct } from './known-products.ts';
import { findProducts } from './product-store.ts';

/** Makes what shows one product to a customer, in the words and forms in which the bot would show it. */
export function createProductMessages(db: Queries, voice: CatalogVoice) {
  return async (asked: {
    businessId: string;
    productId: string;
    language: Language;
    limits: ChannelLimits;
  }): Promise<OutboundContent[] | null> => {
    const { businessId, productId, language, limits } = asked;
    const [product] = await findProducts(db, businessId, [productId.toLowerCase()]);
    if (!product) return null;
    return voice.show({ products: [toShownProduct(product)], companions: [], isExact: true, limits, language })
      .contents;
  };
}
