import type { Channel, WebhookRequest } from '../channels/channel.ts';
import type { AccountCredentials, OwnedCredentials } from '../channels/credentials.ts';
import type { Database } from '../platform/database/client.ts';
import { classifyDatabaseFault } from '../platform/database/database-fault.ts';
import { ACKNOWLEDGE_WITHIN_MS } from '../platform/database/limits.ts';
import { InvalidInputError, UnavailableError } from '../platform/errors.ts';
import type { Tracing } from '../platform/tracing/tracing.ts';
import { createBatcher } from './batcher.ts';
import { type NewDelivery, quarantineDelivery, saveReceived } from './delivery-store.ts';
import { newId } from './new-id.ts';

/**
 * Takes a webhook: verified, readable, and committed as it came. Resolves with the delivery's id; after that nothing can
 * lose it, and the provider may be answered. Throws SignatureError, InvalidInputError (kept in quarantine), or whatever kept
 * it from being stored, after which nothing may be acknowledged: UnavailableError where that took longer than
 * `ACKNOWLEDGE_WITHIN_MS`. It may be stored all the same; what the provider then sends again is known by its events.
 */
export type Accept = (channel: Channel, request: WebhookRequest) => Promise<string>;

export interface AcceptDeps {
  db: Database;
  credentials: Pick<AccountCredentials, 'owned'>;
  /** Called after a commit that left work for the sorting. */
  onReceived: () => void;
  /** Null or absent: nobody traces. */
  tracing?: Tracing | null;
}

/** No provider asks for more; whoever does gets the rest of the address cut off. */
const MAX_URL_LENGTH = 2000;

/** One statement that hangs, because its connection is dead, takes the others of its batch with it, and nobody else. */
const BATCHES = {
  maxItems: 200,
  maxWaiting: 20_000,
  patienceMs: 1000,
  maxUnderWay: 4,
  mayBlameItem: (error: unknown) => classifyDatabaseFault(error) !== 'unavailable',
};

/**
 * Makes the first half of step 2. One row a webhook, many in one statement: however fast they come, the provider waits for
 * no more than that. Everything else that a delivery means is done by the sorting.
 */
export function createAccept({ db, credentials, onReceived, tracing = null }: AcceptDeps): Accept {
  const save = createBatcher((rows: NewDelivery[]) => saveReceived(db, rows), BATCHES);
  return (channel, request) => inTime((isInTime) => take(channel, request, isInTime));

  async function take(channel: Channel, request: WebhookRequest, isInTime: () => boolean): Promise<string> {
    const businessId = verify(channel, request, await credentials.owned(channel.name));
    const id = newId();
    const body = storableText(request.rawBody.toString('utf8'));
    const url = storableText(request.url ?? '').slice(0, MAX_URL_LENGTH);
    // Who signed it may write to its own accounts only; what the installation's own secret signed, to any.
    const traceContext = tracing?.current() ?? null;
    const trace = traceContext === null ? {} : { traceContext };
    const delivery = { id, businessId, channel: channel.name, url, body, ...trace };
    try {
      channel.parse(request, { isAccount: () => false });
    } catch (error) {
      if (error instanceof InvalidInputError) await quarantineDelivery(db, delivery, error.message);
      throw error;
    }
    const store = () => save(delivery, isInTime);
    await (tracing ? tracing.span('store delivery', {}, store) : store());
    onReceived();
    return id;
  }
}

/** What `work` comes to, if it does so while somebody waits for it. */
async function inTime<Result>(work: (isInTime: () => boolean) => Promise<Result>): Promise<Result> {
  let isLate = false;
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => {
      isLate = true;
      reject(new UnavailableError('The event could not be stored in time.'));
    }, ACKNOWLEDGE_WITHIN_MS);
  });
  try {
    return await Promise.race([work(() => !isLate), late]);
  } finally {
    clearTimeout(timer);
  }
}

/** PostgreSQL refuses NUL and lone surrogates; a body is kept for people to read, so they are replaced. */
function storableText(text: string): string {
  return text.replaceAll('\0', '\ufffd').toWellFormed();
}

/** Throws SignatureError unless the request is the provider's. Returns the business whose own secret proves it, if any. */
function verify(channel: Channel, request: WebhookRequest, owned: readonly OwnedCredentials[]): string | null {
  const proof = channel.verify(
    request,
    owned.map(({ credentials }) => credentials),
  );
  return owned.find(({ credentials }) => credentials === proof)?.businessId ?? null;
}
