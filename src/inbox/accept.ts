import type { Connector, WebhookRequest } from '../channels/connector.ts';
import type { Database } from '../platform/database/client.ts';
import { InvalidInputError } from '../platform/errors.ts';
import { createBatcher } from './batcher.ts';
import { type NewDelivery, quarantineDelivery, saveReceived } from './delivery-store.ts';
import { newId } from './new-id.ts';

/**
 * Takes a webhook: verified, readable, and committed as it came. Resolves with the delivery's id; after that nothing can
 * lose it, and the provider may be answered. Throws SignatureError, InvalidInputError (kept in quarantine), or whatever kept
 * it from being stored, after which nothing may be acknowledged.
 */
export type Accept = (connector: Connector, request: WebhookRequest) => Promise<string>;

export interface AcceptDeps {
  db: Database;
  /** Called after a commit that left work for the sorting. */
  onReceived: () => void;
}

/**
 * Makes the first half of step 2. One row a webhook, many in one statement: however fast they come, the provider waits for
 * no more than that. Everything else that a delivery means is done by the sorting.
 */
export function createAccept({ db, onReceived }: AcceptDeps): Accept {
  const save = createBatcher((rows: NewDelivery[]) => saveReceived(db, rows), { maxItems: 200, maxWaiting: 20_000 });
  return async (connector, request) => {
    connector.verify(request);
    const id = newId();
    const body = storableText(request.rawBody.toString('utf8'));
    // Whose it is only its account can tell; what cannot be read stays nobody's.
    const delivery = { id, businessId: null, channel: connector.name, body };
    try {
      connector.parse(request, { isAccount: () => false });
    } catch (error) {
      if (error instanceof InvalidInputError) await quarantineDelivery(db, delivery, error.message);
      throw error;
    }
    await save(delivery);
    onReceived();
    return id;
  };
}

/** PostgreSQL refuses NUL and lone surrogates; a body is kept for people to read, so they are replaced. */
function storableText(text: string): string {
  return text.replaceAll('\0', '\ufffd').toWellFormed();
}
