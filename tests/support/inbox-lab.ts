import type { Connector } from '../../src/channels/connector.ts';
import { createConnectors } from '../../src/channels/registry.ts';
import { type Database, openKeyedDatabase } from '../../src/db/client.ts';
import type { DebouncePolicy } from '../../src/db/inbox-store.ts';
import { createIngest, type Ingest, type IngestResult } from '../../src/inbox/ingest.ts';
import { HOUR_MS } from './builders.ts';
import { createTestDatabase } from './postgres.ts';

export const SHOP = '987654';

export interface InboxLab {
  db: Database;
  businessId: string;
  connector: Connector;
  /** Another inbox over the same database, as another process would have. */
  openInbox(debounce?: Partial<DebouncePolicy>): Ingest;
  /** Takes items as one Directam webhook. */
  take(items: object | object[], ingest?: Ingest): Promise<IngestResult>;
  close(): Promise<void>;
}

/** The inbox over a database of its own: no relay, no Temporal. */
export async function openInboxLab(debounce: Partial<DebouncePolicy> = {}): Promise<InboxLab> {
  const database = await createTestDatabase();
  const db = openKeyedDatabase(database.url, 10);
  const { id: businessId } = await db.business.create({ data: { slug: 'default', name: 'Shop' } });
  await db.account.create({ data: { businessId, channel: 'directam', externalId: SHOP, name: 'shop' } });
  const connector = createConnectors({ directam: { baseUrl: null, apiKey: null, webhookSecret: null } }).get(
    'directam',
  ) as Connector;
  const openInbox = (changes: Partial<DebouncePolicy> = {}) =>
    createIngest({
      db,
      defaultBusinessId: businessId,
      debounce: { quietMs: 0, maxMs: 0, windowMs: 24 * HOUR_MS, ...debounce, ...changes },
      onWork: () => {},
    });
  const own = openInbox();
  return {
    db,
    businessId,
    connector,
    openInbox,
    take: (items, ingest = own) =>
      ingest(connector, { rawBody: Buffer.from(JSON.stringify(items)), headers: {}, receivedAtMs: Date.now() }),
    close: async () => {
      await db.$disconnect();
      await database.drop();
    },
  };
}

/** A customer's text as Directam posts it, now. */
export function said(customer: string, text: string, extra: Record<string, unknown> = {}): object {
  const timestamp = Date.now();
  return { sender_id: customer, receiver_id: SHOP, message_type: 'text', text, is_admin: false, timestamp, ...extra };
}

/** What the shop's page says to a customer: an echo, or a person at work. */
export function pageSaid(customer: string, text: string, extra: Record<string, unknown> = {}): object {
  const timestamp = Date.now();
  return { sender: SHOP, receiver: customer, message_type: 'text', text, is_admin: true, timestamp, ...extra };
}
