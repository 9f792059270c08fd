import { type AccountIds, ensureAccount, loadAccounts } from '../accounts/store.ts';
import type { Channel, ChannelDefinition, Channels, DeliveryStatus, InboundEvent } from '../channels/channel.ts';
import { windowMsOf } from '../channels/channel-window.ts';
import { CHANNELS } from '../channels/index.ts';
import { markRead, storeMessageChanges } from '../conversations/message-change-store.ts';
import { storeDeliveryStatuses } from '../outbox/delivery-status-store.ts';
import { matchEcho } from '../outbox/store.ts';
import type { Database, Queries } from '../platform/database/client.ts';
import { isFaultOfData } from '../platform/database/database-fault.ts';
import { fingerprintOf } from '../text/fingerprint.ts';
import { detectOptOut, mayMeanOrder } from '../text/intents.ts';
import { accountsOf as accountsNamedBy, type DeliveryPart, splitDelivery } from './delivery-parts.ts';
import {
  forgetBodies,
  listReceived,
  quarantineReceived,
  type ReceivedDelivery,
  saveParts,
  takeReceived,
} from './delivery-store.ts';
import { newId } from './new-id.ts';
import {
  type ContactIds,
  type ContactKey,
  type DebouncePolicy,
  type EventRow,
  ensureContacts,
  isEventStored,
  type SortedDelivery,
  storeEvents,
} from './store.ts';

/** Tells whether «لغو» means something of a feature's that is open in the conversation, so not the shop. */
export type ClaimsCancellation = (db: Queries, conversationId: string, now: Date) => Promise<boolean>;

/** What a feature has to do with messages that come in. */
export interface InboxFeature {
  claimsCancellation?: ClaimsCancellation;
}

export interface SortDeps {
  db: Database;
  channels: Channels;
  /** The first business, which owns the accounts that the settings make. */
  defaultBusinessId: string;
  /** Channels whose settings connect their accounts: the first delivery makes one. Others are connected by people. */
  selfConnecting: ReadonlySet<string>;
  debounce: DebouncePolicy;
  /** The quiet time of a business; absent: that of `debounce` for all. */
  quietMsOf?: (businessId: string) => Promise<number>;
  /** The window of channels that have one, where the settings say another than the channel; null: each its own. */
  windowMs: number | null;
  /** Absent: a cancellation always means the shop. */
  claimsCancellation?: readonly ClaimsCancellation[];
  /** Called after a commit that left work for the relay. */
  onWork: () => void;
  /** A delivery that was set aside, because what it holds cannot be stored. */
  onError: (message: string, error: unknown) => void;
}

/** A delivery that was read: what it adds, before contacts have ids. */
interface Arrival {
  delivery: SortedDelivery;
  events: { event: InboundEvent; account: AccountIds }[];
  statuses: { status: DeliveryStatus; account: AccountIds }[];
  channel: Channel;
}

/** Channels whose settings are of one account: it is the first that nobody has connected. */
const OF_ONE_ACCOUNT: ReadonlySet<string> = new Set(
  CHANNELS.filter((one: ChannelDefinition) => one.settingsAreOfOneAccount).map(({ descriptor }) => descriptor.name),
);

const MAX_KNOWN_CONTACTS = 50_000;
/** Deliveries of one transaction. */
const MAX_TOGETHER = 200;
const TRANSACTION_TIMEOUT_MS = 30_000;

/** Taps are answered at once: the customer waits for what the button promised, and no burst follows. */
const IMMEDIATE_MESSAGES = new Set(['quick_reply', 'postback']);

/**
 * Makes the second half of step 2: turns the deliveries that were acknowledged into events and messages of their
 * conversations, in the order in which they came. One call sorts up to 200 and tells whether there may be more. What it does
 * commits as a whole, so a process that dies in the midst leaves them to whoever sorts next; only one does at a time.
 */
export function createSort(deps: SortDeps): () => Promise<boolean> {
  const accounts = new Map<string, Map<string, AccountIds>>();
  const contacts = new Map<string, ContactIds>();

  const forget = (): void => {
    accounts.clear();
    contacts.clear();
  };

  const accountsOf = async (db: Queries, channel: string, refresh = false): Promise<Map<string, AccountIds>> => {
    const known = accounts.get(channel);
    if (known && !refresh) return known;
    const loaded = await loadAccounts(db, channel);
    accounts.set(channel, loaded);
    return loaded;
  };

  /** Reads with the accounts we know; an unknown one may have been made by another process, so it is looked up first. */
  const parse = async (db: Queries, channel: Channel, received: ReceivedDelivery): Promise<DeliveryPart[]> => {
    const { body, url, receivedAtMs } = received;
    const request = { rawBody: Buffer.from(body), headers: {}, receivedAtMs, url };
    let known = await accountsOf(db, channel.name);
    const context = { isAccount: (id: string) => known.has(id) };
    let parsed = channel.parse(request, context);
    const named = accountsNamedBy(parsed);
    if (!named.every((externalId) => known.has(externalId))) {
      known = await accountsOf(db, channel.name, true);
      parsed = channel.parse(request, context);
    }
    return splitDelivery(channel, request, context, parsed);
  };

  /** The account of a part, when the delivery may reach it; null when nobody has connected it. */
  const findAccount = async (
    db: Queries,
    received: ReceivedDelivery,
    externalId: string,
    mayConnect: boolean,
  ): Promise<AccountIds | null> => {
    const { channel, businessId } = received;
    const known = await accountsOf(db, channel);
    const account = known.get(externalId);
    // Who knows one business's secret cannot write into another's conversations with it.
    if (account) return businessId === null || businessId === account.businessId ? account : null;
    if (!mayConnect || businessId !== null || !deps.selfConnecting.has(channel)) return null;
    const isOwn = (one: AccountIds) => one.businessId === deps.defaultBusinessId;
    if (OF_ONE_ACCOUNT.has(channel) && [...known.values()].some(isOwn)) return null;
    const made = await ensureAccount(db, deps.defaultBusinessId, channel, externalId);
    known.set(externalId, made);
    return made;
  };

  const read = async (db: Queries, received: ReceivedDelivery): Promise<Arrival[]> => {
    const channel = deps.channels.get(received.channel);
    if (!channel) throw new Error(`There is no channel ${received.channel}.`);
    const found = [];
    for (const part of await parse(db, channel, received)) {
      const { accountExternalId } = part;
      // A status makes no account: what was sent was sent by one that we know.
      const mayConnect = part.parsed.events.length > 0;
      const account = accountExternalId && (await findAccount(db, received, accountExternalId, mayConnect));
      found.push({ part, account });
    }
    // What is somebody's goes first: it stands for the whole.
    found.sort((a, b) => Number(!a.account) - Number(!b.account));
    const arrivals = found.map(({ part, account }, index) =>
      toArrival(index === 0 ? received.id : newId(), received, { part, channel, account: account || null }),
    );
    if (found.length > 1) {
      const bodies = found.map(({ part }, index) => ({
        id: arrivals[index]?.delivery.id ?? '',
        body: part.body ?? '',
      }));
      await saveParts(db, received.id, bodies);
    }
    return arrivals;
  };

  /** Contacts made here are remembered by the caller only after the commit: until then nobody else can see them. */
  const write = async (tx: Queries, arrivals: Arrival[], found: Map<string, ContactIds>): Promise<number> => {
    const { known, unknown } = sortContacts(arrivals, contacts, found);
    const made = unknown.size > 0 ? await ensureContacts(tx, [...unknown.values()]) : [];
    for (const [index, key] of [...unknown.keys()].entries()) {
      found.set(key, made[index] as ContactIds);
      known.set(key, made[index] as ContactIds);
    }
    const rows = arrivals.flatMap(({ delivery, events, channel }) =>
      events.map(({ event, account }) => ({
        ...toEventRow(
          event,
          account,
          delivery.id,
          known.get(contactKey(account.id, event.contactExternalId)) as ContactIds,
        ),
        windowMs: windowMsOf(channel.window, deps.windowMs),
      })),
    );
    if (deps.quietMsOf) for (const row of rows) row.quietMs = await deps.quietMsOf(row.businessId);
    for (const row of rows) {
      if (row.kind === 'page_message') await recognizeEcho(tx, arrivals, row);
      if (row.kind === 'opt_out') await recognizeGivingUp(tx, row, deps.claimsCancellation ?? []);
    }
    const deliveries = arrivals.map((arrival) => arrival.delivery);
    const stored = await storeEvents(tx, deliveries, rows, deps.debounce);
    const added = rows.filter((row) => stored.has(row.id));
    const fresh = new Set(added.map((row) => row.deliveryId));
    const repeats = deliveries.filter((one) => one.state === 'stored' && one.eventCount > 0 && !fresh.has(one.id));
    if (repeats.length > 0) await forgetBodies(tx, repeats);
    const changes = added.flatMap(({ change, ...row }) => (change ? [{ ...row, change }] : []));
    if (changes.length > 0) await storeMessageChanges(tx, changes);
    const reads = added.filter((row) => row.kind === 'read');
    if (reads.length > 0) await markRead(tx, reads);
    const statuses = arrivals.flatMap((arrival) => arrival.statuses);
    if (statuses.length > 0) await storeDeliveryStatuses(tx, statuses);
    return stored.size;
  };

  /** Sorts what `take` finds, in one transaction. */
  const sortTogether = async (take: (tx: Queries) => Promise<ReceivedDelivery[]>): Promise<number> => {
    const found = new Map<string, ContactIds>();
    let stored = 0;
    const count = await deps.db.$transaction(
      async (tx) => {
        const received = await take(tx);
        const arrivals: Arrival[] = [];
        for (const delivery of received) arrivals.push(...(await read(tx, delivery)));
        for (const run of splitAtPageMessages(arrivals)) stored += await write(tx, run, found);
        return received.length;
      },
      { timeout: TRANSACTION_TIMEOUT_MS, maxWait: TRANSACTION_TIMEOUT_MS },
    );
    if (contacts.size > MAX_KNOWN_CONTACTS) contacts.clear();
    for (const [key, ids] of found) contacts.set(key, ids);
    if (stored > 0) deps.onWork();
    return count;
  };

  /** One delivery for itself. What it holds may be what no database takes: then it is kept for people to see. */
  const sortAlone = async (id: string): Promise<void> => {
    try {
      await sortTogether((tx) => takeReceived(tx, { id }));
    } catch (error) {
      forget();
      if (!isFaultOfData(error)) throw error;
      deps.onError('a delivery could not be sorted into conversations and was set aside', error);
      await quarantineReceived(deps.db, id, 'What it holds could not be stored.');
    }
  };

  return async () => {
    try {
      return (await sortTogether((tx) => takeReceived(tx, { atMost: MAX_TOGETHER }))) === MAX_TOGETHER;
    } catch {
      // A known contact may have been erased meanwhile, which a second look mends; else one of them is to blame.
      forget();
      const ids = await listReceived(deps.db, MAX_TOGETHER);
      const outcomes = [];
      for (const id of ids) outcomes.push(...(await Promise.allSettled([sortAlone(id)])));
      const failed = outcomes.find((outcome) => outcome.status === 'rejected');
      if (failed) throw failed.reason;
      return ids.length === MAX_TOGETHER;
    }
  };
}

/** A part whose account nobody has connected brings no events: it waits for whoever connects it. */
function toArrival(
  id: string,
  { businessId }: ReceivedDelivery,
  { part, channel, account }: { part: DeliveryPart; channel: Channel; account: AccountIds | null },
): Arrival {
  const { accountExternalId, parsed } = part;
  const events = account ? parsed.events.map((event) => ({ event, account })) : [];
  const statuses = account ? parsed.statuses.map((status) => ({ status, account })) : [];
  const isUnknown = account === null && accountExternalId !== null;
  const reasons = isUnknown ? ['unknown_account'] : [...new Set(parsed.quarantined.map((item) => item.reason))];
  const delivery: SortedDelivery = {
    id,
    businessId: account?.businessId ?? businessId,
    accountExternalId: isUnknown ? accountExternalId : '',
    eventCount: events.length,
    state: reasons.length > 0 ? 'quarantined' : 'stored',
    reason: reasons.join('; '),
  };
  return { delivery, events, statuses, channel };
}

/** A message of the page asks the ledger first, which must know what came before it: it is written by itself. */
function splitAtPageMessages(arrivals: readonly Arrival[]): Arrival[][] {
  const runs: Arrival[][] = [];
  let mayGrow = false;
  for (const arrival of arrivals) {
    const byPage = arrival.events.some(({ event }) => event.kind === 'page_message');
    if (mayGrow && !byPage) runs.at(-1)?.push(arrival);
    else runs.push([arrival]);
    mayGrow = !byPage;
  }
  return runs;
}

const contactKey = (accountId: string, externalId: string): string => `${accountId}:${externalId}`;

function sortContacts(
  arrivals: readonly Arrival[],
  cached: ReadonlyMap<string, ContactIds>,
  found: ReadonlyMap<string, ContactIds>,
) {
  const known = new Map<string, ContactIds>();
  const unknown = new Map<string, ContactKey>();
  for (const { events, channel } of arrivals)
    for (const { event, account } of events) {
      const externalId = event.contactExternalId;
      const key = contactKey(account.id, externalId);
      const ids = cached.get(key) ?? found.get(key);
      if (ids) known.set(key, ids);
      else
        unknown.set(key, { businessId: account.businessId, accountId: account.id, channel: channel.name, externalId });
    }
  return { known, unknown };
}

/** The page repeats what we sent: that is no human at work, and no new line of the transcript. */
async function recognizeEcho(db: Queries, arrivals: readonly Arrival[], row: EventRow): Promise<void> {
  if (await isEventStored(db, row.accountId, row.dedupeKey)) return;
  const events = arrivals.flatMap((arrival) => arrival.events);
  const source = events.find(({ event }) => event.dedupeKey === row.dedupeKey)?.event;
  const media = source?.messageKind === 'sticker' ? source.messageKind : (source?.media[0]?.kind ?? null);
  const said = {
    eventId: row.id,
    fingerprint: fingerprintOf(source?.text ?? ''),
    media: media === 'file' ? null : media,
    externalId: row.externalId,
  };
  if (!(await matchEcho(db, row.conversationId, said))) return;
  row.kind = 'echo';
  row.messageId = null;
  row.immediate = false;
}

/** «لغو» amid an order gives up the order, not the shop. */
async function recognizeGivingUp(db: Queries, row: EventRow, claims: readonly ClaimsCancellation[]): Promise<void> {
  if (!mayMeanOrder(row.text)) return;
  for (const isMeant of claims) {
    if (!(await isMeant(db, row.conversationId, new Date()))) continue;
    row.kind = 'message';
    row.immediate = false;
    return;
  }
}

function toEventRow(
  event: InboundEvent,
  account: AccountIds,
  deliveryId: string,
  contact: ContactIds,
): Omit<EventRow, 'windowMs'> {
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
    ...(event.kind === 'read' ? { readExternalId: event.readExternalId } : {}),
    ...(event.change ? { change: event.change } : {}),
  };
}
