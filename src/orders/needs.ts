import type { ConversationNeeds } from '../conversations/needs.ts';
import type { ProductLookup } from './product-lookup.ts';

/** What actions on orders work with. */
export interface OrderNeeds extends ConversationNeeds {
  productLookup: Pick<ProductLookup, 'findProducts'>;
}
