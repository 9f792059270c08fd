import type { z } from 'zod';
import type { askingsAnswer } from '../../../src/catalog/product-askings.action.ts';
import type { productRecord } from '../../../src/catalog/products.resource.ts';

/** A product as the API gives it. */
export type Product = z.output<typeof productRecord>;

/** What `GET /api/products/:id/askings` answers. */
export type ProductAskings = z.output<typeof askingsAnswer>;

export const CURRENCIES = ['IRT', 'IRR', 'USD', 'EUR', 'AED', 'TRY', 'LBP'];
export const currencyChoices = CURRENCIES.map((id) => ({ id, name: `peyk.currency.${id}` }));
