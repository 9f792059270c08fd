/** An order and the ways in which its state may change. Pure. */
export const ORDER_STATES = ['draft', 'placed', 'confirmed', 'shipped', 'delivered', 'cancelled'] as const;
export type OrderState = (typeof ORDER_STATES)[number];

/** What an order form asks for, in this order. */
export const ORDER_FIELDS = ['product', 'options', 'quantity', 'name', 'phone', 'address', 'confirm'] as const;
export type OrderField = (typeof ORDER_FIELDS)[number];

/** One line of an order as it was agreed; amounts as text in the smallest unit of the order's currency. */
export interface OrderItem {
  productId: string;
  /** Of the catalog; null where it has no variants of its own, absent where nothing was chosen. */
  variantId?: string | null;
  /** `{name, value}`: the size and colour; absent where nothing was chosen. */
  options?: { name: string; value: string }[];
  /** With its size and colour. */
  title: string;
  url: string | null;
  quantity: number;
  /** Null until somebody names a price. */
  unitPrice: string | null;
  lineTotal: string | null;
}

/** What happened to an order, and the message that told its customer. */
export interface OrderHistoryEntry {
  at: string;
  /** An actor of the audit log, or bot. */
  actor: string;
  state: OrderState;
  outboundId: string | null;
}

const NEXT: Readonly<Record<OrderState, readonly OrderState[]>> = {
  draft: ['placed', 'confirmed', 'cancelled'],
  placed: ['confirmed', 'shipped', 'cancelled'],
  confirmed: ['shipped', 'delivered', 'cancelled'],
  shipped: ['delivered', 'cancelled'],
  delivered: [],
  cancelled: [],
};

/** The states that may follow. */
export function nextOrderStates(state: OrderState): readonly OrderState[] {
  return NEXT[state];
}
