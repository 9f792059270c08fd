import type { ReplyContext } from '../replies/reply-context.ts';
import type { OrderProduct } from './order-form-state.ts';

/** What orders ask of the shop's products. The composition root fills it. */
export interface ProductLookup {
  /** As they are now, in the order of `ids`; those that are gone from the shop are left out. */
  findProducts(businessId: string, ids: readonly string[]): Promise<OrderProduct[]>;
  /** Those whose button was tapped just now, or that a post or link of the new lines names beyond doubt. */
  findTapped(context: ReplyContext): Promise<OrderProduct[]>;
  /** The words of a text that products can be looked for by, in matching form; sizes and colours alone name none. */
  searchWordsOf(text: string): string[];
  /** Products that `words` of a text name, the best first: those that answer as much of them as the best does. */
  findNamed(businessId: string, text: string, words: readonly string[], limit: number): Promise<OrderProduct[]>;
}
