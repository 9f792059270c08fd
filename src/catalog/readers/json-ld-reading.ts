import type { Currency } from '../../text/money.ts';
import type { Complaint } from '../found-product.ts';
import type { NodeGraph } from './json-ld-nodes.ts';

/** What reading needs to know of the page that it reads. */
export interface Reading {
  graph: NodeGraph;
  /** The currency of bare numbers. */
  currency: Currency;
  at: string;
  complaints: Complaint[];
}
