/** An order of the customer's as an answer may speak of it. */
export interface KnownOrder {
  number: number;
  /** draft | placed | confirmed | shipped | delivered | cancelled */
  state: string;
}
