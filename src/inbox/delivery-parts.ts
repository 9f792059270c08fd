import type { Connector, ParseContext, ParsedWebhook, WebhookRequest } from '../channels/connector.ts';
import { parseJsonBody } from '../channels/json-body.ts';

/** What of a delivery is for one account; null: what could not be read, which is nobody's. */
export interface DeliveryPart {
  accountExternalId: string | null;
  /** Null: the whole body, as it came. */
  body: string | null;
  parsed: ParsedWebhook;
}

/**
 * Divides a delivery by account, so that no business is shown what came together with it for another. Nearly every delivery
 * is for one account, and stays as it came; the others are read once more, item by item.
 */
export function splitDelivery(
  connector: Connector,
  request: WebhookRequest,
  context: ParseContext,
  parsed: ParsedWebhook,
): DeliveryPart[] {
  const [only = null, ...others] = new Set(parsed.events.map((event) => event.accountExternalId));
  const hasUnread = parsed.quarantined.length > 0;
  if (others.length === 0 && (only === null || !hasUnread)) return [{ accountExternalId: only, body: null, parsed }];
  const { items, join } = readItems(request.rawBody);
  const groups = new Map<string | null, { items: unknown[]; parsed: ParsedWebhook }>();
  for (const item of items) {
    const read = connector.parse({ ...request, rawBody: Buffer.from(join([item])) }, context);
    const account = accountOf(read);
    const group = groups.get(account) ?? { items: [], parsed: { events: [], quarantined: [] } };
    groups.set(account, group);
    group.items.push(item);
    if (account !== null) group.parsed.events.push(...read.events);
    group.parsed.quarantined.push(...read.quarantined);
    if (account === null && read.events.length > 0)
      group.parsed.quarantined.push({ reason: 'One item names more than one account', item });
  }
  return [...groups].map(([accountExternalId, group]) => ({
    accountExternalId,
    body: join(group.items),
    parsed: group.parsed,
  }));
}

function accountOf({ events, quarantined }: ParsedWebhook): string | null {
  const [account = null, ...others] = new Set(events.map((event) => event.accountExternalId));
  return others.length === 0 && quarantined.length === 0 ? account : null;
}

/** Providers batch as a list, or as the list `entry` of an object. Whatever else it is, is one item. */
function readItems(rawBody: Buffer): { items: unknown[]; join: (items: unknown[]) => string } {
  const body = parseJsonBody(rawBody);
  if (Array.isArray(body)) return { items: body, join: (items) => JSON.stringify(items) };
  const { entry } = body as { entry?: unknown };
  if (Array.isArray(entry))
    return { items: entry, join: (items) => JSON.stringify({ ...(body as object), entry: items }) };
  return { items: [body], join: ([item]) => JSON.stringify(item) };
}
