import type { Turn } from '../replies/turn.ts';
import type { Assistance } from './assistance/assist.ts';
import type { Product } from './product-store.ts';
import type { ProductQuestion } from './search/product-question.ts';

/** What the catalog has to say to a turn. */
export interface CatalogFindings {
  question: ProductQuestion;
  /** `good`: these are it; `near`: like it; `none`: the shop has no such thing; `empty`: there is no catalog. */
  outcome: 'good' | 'near' | 'none' | 'empty';
  products: Product[];
  /** They are the products of a post, a link or the answer before. */
  isFocus: boolean;
  /** The customer pointed at them among what was shown: «دومی», "the lighter one". */
  isPointed?: true;
  /** They were searched for by what a picture shows, so they are never more than near. */
  isSeen?: boolean;
  /** More than a fact was wanted, and this is what the catalog says to it. */
  assistance?: Assistance;
  /** It was read part by part: a model answers such a turn in one breath. */
  isByParts?: true;
  /** What other parts of the turn ask of other products. */
  more?: readonly CatalogFindings[];
}

/** What is asked of the catalog, and what may have been spoken of before. */
export type Consulting = Pick<Turn, 'context' | 'language' | 'reading' | 'recentProductIds' | 'recentLists'>;
