/** A product as the API gives it. */
export interface Product {
  id: string;
  title: string;
  brand: string;
  url: string | null;
  imageUrl: string | null;
  available: boolean | null;
  priceText: { fa: string; en: string } | null;
  oldPriceText: { fa: string; en: string } | null;
  source: string;
  syncState: 'live' | 'missing' | 'removed';
  syncedAt: string;
}

export const CURRENCIES = ['IRT', 'IRR', 'USD', 'EUR', 'AED', 'TRY', 'LBP'];
export const currencyChoices = CURRENCIES.map((id) => ({ id, name: `peyk.currency.${id}` }));
