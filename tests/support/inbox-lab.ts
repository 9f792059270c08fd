import type { Channel } from '../../src/channels/channel.ts';
import { createChannels, credentialsFromSettings } from '../../src/channels/create-channels.ts';
import type { AccountCredentials } from '../../src/channels/credentials.ts';
import type { SortResult } from '../../src/inbox/delivery-store.ts';
import { createInbox, type Inbox } from '../../src/inbox/inbox.ts';
import type { DebouncePolicy } from '../../src/inbox/store.ts';
import { type Database, openKeyedDatabase } from '../../src/platform/database/client.ts';
import { createTestDatabase } from './postgres.ts';

export const SHOP = '987654';

export const AT_ONCE: DebouncePolicy = { quietMs: 0, maxMs: 0 };

export interface InboxLab {
  db: Database;
  databaseUrl: string;
  businessId: string;
  channel: Channel;
  credentials: AccountCredentials;
  /** Another inbox over the same database, as another process would have. */
  openInbox(): Inbox;
  /** The policy of all its inboxes; may be changed while they run. */
  debounce: DebouncePolicy;
  /** Channels whose accounts are made by their first delivery; may be changed while they run. */
  selfConnecting: Set<string>;
  /** Takes items as one Directam webhook, until they are sorted. */
  take(items: object | object[], inbox?: Inbox): Promise<SortResult>;
  /** What went wrong while sorting. */
  errors: unknown[];
  close(): Promise<void>;
}

/** The inbox over a database of its own: no relay, no Temporal. */
export async function openInboxLab(): Promise<InboxLab> {
  const database = await createTestDatabase();
  const db = openKeyedDatabase(database.url, 10);
  const { id: businessId } = await db.business.create({ data: { slug: 'default', name: 'Shop' } });
  await db.account.create({ data: { businessId, channel: 'directam', externalId: SHOP, name: 'shop' } });
  const settings = { directam: { baseUrl: null, apiKey: null, webhookSecret: null } };
  const channels = createChannels(settings);
  const credentials = credentialsFromSettings(settings);
  const channel = channels.get('directam') as Channel;
  const errors: unknown[] = [];
  const inboxes: Inbox[] = [];
  const debounce = { ...AT_ONCE };
  const selfConnecting = new Set(['directam']);
  const openInbox = () => {
    const inbox = createInbox({
      db,
      channels,
      credentials,
      defaultBusinessId: businessId,
      selfConnecting,
      debounce,
      windowMs: null,
      onWork: () => {},
      onError: (_, error) => errors.push(error),
    });
    inboxes.push(inbox);
    return inbox;
  };
  const own = openInbox();
  return {
    db,
    databaseUrl: database.url,
    businessId,
    channel,
    credentials,
    openInbox,
    debounce,
    selfConnecting,
    errors,
    take: (items, inbox = own) =>
      inbox.ingest(channel, { rawBody: Buffer.from(JSON.stringify(items)), headers: {}, receivedAtMs: Date.now() }),
    close: async () => {
      await Promise.all(inboxes.map((inbox) => inbox.stop()));
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
