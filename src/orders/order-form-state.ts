import type { CountryCode } from 'libphonenumber-js/max';
import type { Language } from '../text/message.ts';
import type { Currency, Money } from '../text/money.ts';
import type { OrderField } from './order.ts';

/** What an order form knows, and what it is told. */

/** What was chosen of a product that comes in several: the size 42. `name`: a key of the catalog's table of attributes. */
export interface OrderOption {
  name: string;
  value: string;
}

/** One product of an order and how many of it. */
export interface OrderLine {
  productId: string;
  title: string;
  /** Absent where there is nothing to choose. */
  options?: OrderOption[];
  quantity: number;
  /** The unit price that the summary showed, as text in the smallest unit; null when none was shown. */
  shownPrice: { amount: string; currency: Currency } | null;
}

/** A product that is in the form, as it is now. */
export interface PricedLine {
  /** In the options of the line: its title, price and stock are theirs. */
  product: OrderProduct & { variantId?: string | null };
  quantity: number;
  options?: readonly OrderOption[];
}

/** A product as an order sees it. */
export interface OrderProduct {
  id: string;
  title: string;
  url: string | null;
  price: Money | null;
  /** Null when the shop does not say. */
  available: boolean | null;
  /** What it comes in, as the catalog knows it. */
  attributes?: readonly { name: string; values: readonly string[] }[];
  variants?: readonly OrderVariant[];
}

/** One way in which a product can be bought. */
export interface OrderVariant {
  id: string;
  title: string;
  options: readonly OrderOption[];
  /** Null: the product's own price holds. */
  price: Money | null;
  available: boolean | null;
}

/** Kept between turns as JSON. */
export interface OrderForm {
  productId: string | null;
  title: string;
  /** The size and colour of the product that is being asked for; absent while nothing is chosen. */
  options?: OrderOption[];
  /** Products of the same order that are complete, besides the one that is being asked for; absent while it is only one. */
  more?: OrderLine[];
  /** What the form speaks: a name in Latin letters does not change that. Absent in forms of before. */
  language?: Language;
  /** Products that the customer was asked to choose from, in that order. */
  choices: { id: string; title: string }[];
  quantity: number | null;
  name: string | null;
  /** E.164. */
  phone: string | null;
  address: string | null;
  /** What the customer was asked last; `change` after a no to the summary. */
  asked: OrderField | 'change';
  /** The unit price that the summary showed, as text in the smallest unit; null when none was shown. */
  shownPrice: { amount: string; currency: Currency } | null;
  /** Answers in a row that could not be used. */
  misses: number;
}

export interface OrderInput {
  form: OrderForm | null;
  text: string;
  /** Products that the text, or what was talked about, means; read only where one is to be chosen. */
  found: readonly OrderProduct[];
  /** When the text names several products one by one: each with its part of the text. */
  apart?: readonly { product: OrderProduct; text: string }[];
  /** The form's products and its choices as they are now, without what is gone. */
  known: readonly OrderProduct[];
  language: Language;
  /** Whose national phone numbers are meant. */
  country: CountryCode | null;
}
