import type { Channel, ParseContext, ParsedWebhook, WebhookRequest } from '../channels/channel.ts';
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
  channel: Pick<Channel, 'parse'>,
  request: WebhookRequest,
  context: ParseContext,
  parsed: ParsedWebhook,
): DeliveryPart[] {
  const [only = null, ...others] = new Set(accountsOf(parsed));
  const hasUnread = parsed.quarantined.length > 0;
  if (others.length === 0 && (only === null || !hasUnread)) return [{ accountExternalId: only, body: null, parsed }];
  const { items, join } = readItems(request.rawBody);
  const groups = new Map<string | null, { items: unknown[]; parsed: Required<ParsedWebhook> }>();
  for (const item of items) {
    const read = channel.parse({ ...request, rawBody: Buffer.from(join([item])) }, context);
    const account = accountOf(read);
    const group = groups.get(account) ?? {
      items: [],
      parsed: { events: [], statuses: [], notices: [], quarantined: [] },
    };
    groups.set(account, group);
    group.items.push(item);
    if (account !== null) {
      group.parsed.events.push(...read.events);
      group.parsed.statuses.push(...read.statuses);
      group.parsed.notices.push(...(read.notices ?? []));
    }
    group.parsed.quarantined.push(...read.quarantined);
    if (account === null && accountsOf(read).length > 0)
      group.parsed.quarantined.push({ reason: 'One item names more than one account', item });
  }
  return [...groups].map(([accountExternalId, group]) => ({
    accountExternalId,
    body: join(group.items),
    parsed: group.parsed,
  }));
}

/** The accounts that a delivery is for, by what it says of messages, of what became of ours, and of themselves. */
export function accountsOf({ events, statuses, notices = [] }: ParsedWebhook): string[] {
  return [...events, ...statuses, ...notices].map(({ accountExternalId }) => accountExternalId);
}

function accountOf(parsed: ParsedWebhook): string | null {
  const [account = null, ...others] = new Set(accountsOf(parsed));
  return others.length === 0 && parsed.quarantined.length === 0 ? account : null;
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
