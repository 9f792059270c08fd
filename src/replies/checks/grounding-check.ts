/** What of an answer was found to be unproven. */
export type GroundingCheck =
  | 'prices'
  | 'stock'
  | 'discounts'
  | 'delivery'
  | 'returns'
  | 'warranty'
  | 'payment'
  | 'orders'
  | 'contact'
  | 'hours'
  | 'products'
  | 'links'
  | 'script';
