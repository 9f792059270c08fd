import { expect } from 'vitest';
import { deliver, type Said } from './customer-traffic.ts';
import { signDirectam } from './fake-directam.ts';
import { type ProcessWorld, SECRET, SHOP } from './process-world.ts';

/** A row of the send ledger, as the panel's API shows it. */
export interface ShownOutbound {
  id: string;
  conversationId: string;
  state: string;
  attempts: number;
  reason: string;
  author: string;
  text: string;
  settledBy: string;
  httpStatus: number | null;
}

/** What somebody at the panel can see and do, through the API alone. */
export function openOperator(world: ProcessWorld) {
  const list = async <Row>(resource: string, filter: object): Promise<Row[]> => {
    const query = `filter=${encodeURIComponent(JSON.stringify(filter))}&sort=["id","ASC"]`;
    const response = await world.ask(`/api/${resource}?${query}`);
    if (response.status !== 200) throw new Error(`${resource}: ${response.status} ${await response.text()}`);
    return (await response.json()) as Row[];
  };
  const outboundOf = (customer: string): Promise<ShownOutbound[]> =>
    list('outbound-messages', { contactExternalId: customer });
  return {
    list,
    outboundOf,
    /** Waits until the customer's newest send shows this state. */
    async untilShown(customer: string, state: string, timeout = 15_000): Promise<ShownOutbound> {
      await expect
        .poll(async () => (await outboundOf(customer)).at(-1)?.state, { timeout, message: `${customer} ${state}` })
        .toBe(state);
      return (await outboundOf(customer)).at(-1) as ShownOutbound;
    },
    async modeOf(customer: string): Promise<string | undefined> {
      return (await list<{ mode: string }>('conversations', { contactExternalId: customer }))[0]?.mode;
    },
    act: (path: string, body: unknown = {}): Promise<Response> => world.ask(path, { method: 'POST', body }),
  };
}

/** The customer writes; throws unless the webhook is acknowledged. */
export async function say(world: ProcessWorld, ...messages: Said[]): Promise<void> {
  for (const message of messages) {
    await deliver(world.apiUrl, message);
    if (message.acknowledgedAtMs === null) throw new Error(`${message.id} was answered ${message.statuses.at(-1)}.`);
  }
}

/** Posts what appears on the shop's own page: a person's words, or the channel's echo of ours. */
export async function showOnPage(world: ProcessWorld, customer: string, text: string): Promise<void> {
  const parties = { sender: SHOP, receiver: customer, is_admin: true };
  const body = JSON.stringify({ ...parties, message_type: 'text', text, timestamp: Date.now() });
  const response = await fetch(`${world.apiUrl}/webhook`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-webhook-signature': signDirectam(body, SECRET) },
    body,
  });
  if (response.status !== 200) throw new Error(`The page's webhook was answered ${response.status}.`);
}

/** What arrived at the provider for this customer. */
export function sendsTo(world: ProcessWorld, customer: string) {
  return world.sends.filter((send) => send.receiverId === customer);
}
