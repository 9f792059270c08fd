/** What of Meta's stand-in others may ask: to let a customer write. */
export interface MockGraph {
  /** Delivers the webhook, as often as `times` says. Returns the message's id. */
  write(message: CustomerMessage): Promise<string>;
}

export interface CustomerMessage {
  product: 'instagram' | 'messenger';
  account: string;
  customer: string;
  text?: string;
  /** In place of the words: anything that stands in `message`. */
  message?: Record<string, unknown>;
  /** Deliveries of the same. */
  times?: number;
  atMs?: number;
}
