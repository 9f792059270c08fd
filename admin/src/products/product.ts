interface Texts {
  fa: string;
  en: string;
}

/** A product as the API gives it. */
export interface Product {
  id: string;
  title: string;
  description: string;
  brand: string;
  categories: string[];
  url: string | null;
  imageUrl: string | null;
  /** `shownAt` is our own address of the picture. */
  images: { url: string; shownAt: string }[];
  available: boolean | null;
  priceText: Texts | null;
  oldPriceText: Texts | null;
  currency: string;
  /** Prices as decimal text. */
  variants: { title: string; sku: string; price: string | null; available: boolean | null }[];
  source: string;
  sourceId: string | null;
  externalId: string;
  syncState: 'live' | 'missing' | 'removed';
  syncedAt: string;
  missingSince: string | null;
  removedAt: string | null;
  createdAt: string;
}

/** What `GET /api/products/:id/askings` answers. */
export interface ProductAskings {
  days: number;
  total: number;
  askings: {
    decisionId: string;
    conversationId: string;
    contactName: string;
    words: string;
    outcome: string;
    askedAt: string;
  }[];
}

export const CURRENCIES = ['IRT', 'IRR', 'USD', 'EUR', 'AED', 'TRY', 'LBP'];
export const currencyChoices = CURRENCIES.map((id) => ({ id, name: `peyk.currency.${id}` }));
