import type { Connector, WebhookRequest } from '../channels/connector.ts';

export interface IngestResult {
  /** Events that were new. */
  stored: number;
  duplicates: number;
  quarantined: number;
  /** Conversations that the events belong to (one entry each). */
  conversationIds: string[];
}

/** Verifies, parses and commits a webhook. Resolves only after the commit; errors mean that nothing may be acknowledged. */
export type Ingest = (connector: Connector, request: WebhookRequest) => Promise<IngestResult>;
