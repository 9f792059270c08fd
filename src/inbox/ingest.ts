import type { Connector, InboundEvent, ParsedWebhook, WebhookRequest } from '../channels/connector.ts';
import { type AccountIds, ensureAccount, loadAccounts } from '../db/account-store.ts';
import type { Database, Queries } from '../db/client.ts';
import {
  type ContactIds,
  type ContactKey,
  type DebouncePolicy,
  type DeliveryRow,
  type EventRow,
  ensureContacts,
  isEventStored,
  quarantineDelivery,
  storeEvents,
} from '../db/inbox-store.ts';
import { matchEcho } from '../db/outbound-store.ts';
import { InvalidInputError } from '../domain/errors.ts';
import { fingerprintOf } from '../domain/fingerprint.ts';
import { detectOptOut } from '../domain/intents.ts';
import { createBatcher } from './batcher.ts';
import { newId } from './new-id.ts';

export interface IngestResult {
  /** Events that were new. */
  stored: number;
  duplicates: number;
  quarantined: number;
  /** Conversations that the events belong to, in the events' order. */
  conversationIds: string[];
}

/** Verifies, parses and commits a webhook. Resolves only after the commit; errors mean that nothing may be acknowledged. */
export type Ingest = (connector: Connector, request: WebhookRequest) => Promise<IngestResult>;

export interface IngestDeps {
  db: Database;
  /** The business that accounts without one belong to. */
  defaultBusinessId: string;
  debounce: DebouncePolicy;
  /** Called after a commit that left work for the relay. */
  onWork: () => void;
}

/** What one webhook adds, before contacts have ids. */
interface Arrival {
  delivery: DeliveryRow;
  events: { event: InboundEvent; account: AccountIds }[];
  channel: string;
}

const MAX_KNOWN_CONTACTS = 50_000;

/** Taps are answered at once: the customer waits for what the button promised, and no burst follows. */
const IMMEDIATE_MESSAGES = new Set(['quick_reply', 'postback']);

/** Makes the inbox: step 2 of the way of a message. See the README, "One message through the house". */
export function createIngest(deps: IngestDeps): Ingest {
  const accounts = new Map<string, Map<string, AccountIds>>();
  const contacts = new Map<string, ContactIds>();

  const accountsOf = async (channel: string, refresh = false): Promise<Map<string, AccountIds>> => {
    const known = accounts.get(channel);
    if (known && !refresh) return known;
    const loaded = await loadAccounts(deps.db, channel);
    accounts.set(channel, loaded);
    return loaded;
  };

  /** Parses with the accounts we know; an unknown one may have been made by another process, so it is looked up first. */
  const parse = async (connector: Connector, request: WebhookRequest): Promise<ParsedWebhook> => {
    let known = await accountsOf(connector.name);
    const read = () => connector.parse(request, { isAccount: (id) => known.has(id) });
    const parsed = read();
    if (parsed.events.every((event) => known.has(event.accountExternalId))) return parsed;
    known = await accountsOf(connector.name, true);
    return read();
  };

  const accountFor = async (channel: string, externalId: string): Promise<AccountIds> => {
    const known = await accountsOf(channel);
    const account =
      known.get(externalId) ?? (await ensureAccount(deps.db, deps.defaultBusinessId, channel, externalId));
    known.set(externalId, account);
    return account;
  };

  /** Contacts are remembered only after the commit: until then nobody else can see them. */
  const remember = (found: ReadonlyMap<string, ContactIds>): void => {
    if (contacts.size > MAX_KNOWN_CONTACTS) contacts.clear();
    for (const [key, ids] of found) contacts.set(key, ids);
  };

  const store = async (arrivals: Arrival[], needsTransaction: boolean): Promise<IngestResult[]> => {
    const { known, unknown } = sortContacts(arrivals, contacts);
    if (unknown.size === 0 && !needsTransaction) return write(deps.db, arrivals, known);
    const found = new Map<string, ContactIds>();
    const results = await deps.db.$transaction(async (tx) => {
      const ids = unknown.size > 0 ? await ensureContacts(tx, [...unknown.values()]) : [];
      for (const [index, key] of [...unknown.keys()].entries()) found.set(key, ids[index] as ContactIds);
      return write(tx, arrivals, new Map([...known, ...found]));
    });
    remember(found);
    return results;
  };

  const write = async (
    db: Queries,
    arrivals: Arrival[],
    ids: ReadonlyMap<string, ContactIds>,
  ): Promise<IngestResult[]> => {
    const rows = arrivals.map(({ delivery, events }) =>
      events.map(({ event, account }) =>
        toEventRow(event, account, delivery.id, ids.get(contactKey(account.id, event.contactExternalId)) as ContactIds),
      ),
    );
    for (const [index, arrival] of arrivals.entries())
      for (const row of rows[index] ?? []) if (row.kind === 'page_message') await recognizeEcho(db, arrival, row);
    const stored = await storeEvents(
      db,
      arrivals.map((arrival) => arrival.delivery),
      rows.flat(),
      deps.debounce,
    );
    return rows.map((own) => summarize(own, stored));
  };

  /** A cached contact may have been erased meanwhile: forget and look again, once. */
  const storeOrForget = async (arrivals: Arrival[], needsTransaction: boolean): Promise<IngestResult[]> => {
    try {
      return await store(arrivals, needsTransaction);
    } catch {
      contacts.clear();
      accounts.clear();
      return store(arrivals, needsTransaction);
    }
  };

  const batch = createBatcher((arrivals: Arrival[]) => storeOrForget(arrivals, false), {
    maxItems: 200,
    maxWaiting: 20_000,
  });
  /** Messages of the page ask the ledger first, which needs a transaction of their own. */
  const alone = createBatcher((arrivals: Arrival[]) => storeOrForget(arrivals, true), {
    maxItems: 1,
    maxWaiting: 5000,
  });

  return async (connector, request) => {
    connector.verify(request);
    const delivery = {
      id: newId(),
      businessId: deps.defaultBusinessId,
      channel: connector.name,
      state: 'stored' as const,
      reason: '',
      body: storableText(request.rawBody.toString('utf8')),
      eventCount: 0,
    };
    let parsed: ParsedWebhook;
    try {
      parsed = await parse(connector, request);
    } catch (error) {
      if (error instanceof InvalidInputError)
        await quarantineDelivery(deps.db, { ...delivery, state: 'quarantined', reason: error.message });
      throw error;
    }
    const events = [];
    for (const event of parsed.events)
      events.push({ event, account: await accountFor(connector.name, event.accountExternalId) });
    const reasons = parsed.quarantined.map((item) => item.reason).join('; ');
    const arrival: Arrival = {
      channel: connector.name,
      delivery: {
        ...delivery,
        businessId: events[0]?.account.businessId ?? delivery.businessId,
        eventCount: events.length,
        state: parsed.quarantined.length > 0 ? 'quarantined' : 'stored',
        reason: reasons,
      },
      events,
    };
    const byPage = parsed.events.some((event) => event.kind === 'page_message');
    const result = await (byPage ? alone : batch)(arrival);
    if (result.stored > 0) deps.onWork();
    return { ...result, quarantined: parsed.quarantined.length };
  };
}

const contactKey = (accountId: string, externalId: string): string => `${accountId}:${externalId}`;

function sortContacts(arrivals: readonly Arrival[], cached: ReadonlyMap<string, ContactIds>) {
  const known = new Map<string, ContactIds>();
  const unknown = new Map<string, ContactKey>();
  for (const { events, channel } of arrivals)
    for (const { event, account } of events) {
      const externalId = event.contactExternalId;
      const key = contactKey(account.id, externalId);
      const ids = cached.get(key);
      if (ids) known.set(key, ids);
      else unknown.set(key, { businessId: account.businessId, accountId: account.id, channel, externalId });
    }
  return { known, unknown };
}

/** The page repeats what we sent: that is no human at work, and no new line of the transcript. */
async function recognizeEcho(db: Queries, arrival: Arrival, row: EventRow): Promise<void> {
  if (await isEventStored(db, row.accountId, row.dedupeKey)) return;
  const source = arrival.events.find(({ event }) => event.dedupeKey === row.dedupeKey)?.event;
  const words = source?.text ?? source?.media[0]?.url ?? '';
  if (!(await matchEcho(db, row.conversationId, fingerprintOf(words), row.id, row.externalId))) return;
  row.kind = 'echo';
  row.messageId = null;
  row.immediate = false;
}

function toEventRow(event: InboundEvent, account: AccountIds, deliveryId: string, contact: ContactIds): EventRow {
  const consent = event.kind === 'message' ? detectOptOut(event.text ?? '') : null;
  const kind = consent ?? event.kind;
  const isMessage = event.kind === 'message' || event.kind === 'page_message';
  return {
    id: newId(),
    deliveryId,
    businessId: account.businessId,
    accountId: account.id,
    conversationId: contact.conversationId,
    contactId: contact.contactId,
    dedupeKey: event.dedupeKey,
    kind,
    occurredAtMs: event.occurredAtMs,
    timeFlagged: event.timeFlagged,
    messageId: isMessage ? newId() : null,
    messageKind: event.messageKind,
    text: event.text ?? '',
    payload: event.payload,
    media: event.media,
    externalId: event.externalMessageId,
    immediate: kind !== 'message' || IMMEDIATE_MESSAGES.has(event.messageKind),
  };
}

function summarize(rows: readonly EventRow[], stored: ReadonlySet<string>): IngestResult {
  const fresh = rows.filter((row) => stored.has(row.id)).length;
  return {
    stored: fresh,
    duplicates: rows.length - fresh,
    quarantined: 0,
    conversationIds: [...new Set(rows.map((row) => row.conversationId))],
  };
}

/** PostgreSQL refuses NUL and lone surrogates; a body is kept for people to read, so they are replaced. */
function storableText(text: string): string {
  return text.replaceAll('\0', '\ufffd').toWellFormed();
}
