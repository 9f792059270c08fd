import type { Channel, Channels, WebhookRequest, WebhookRoute } from './channel.ts';

/** A channel behind one of its addresses. */
export interface RoutedChannel {
  channel: Channel;
  route: WebhookRoute;
}

/** Who is behind one address, for one method. */
export interface WebhookAddress {
  /** Whose it is when it serves one channel only; null: each request is looked at. */
  only: RoutedChannel | null;
  /** Tells whose a request is; null: nobody's. */
  choose(request: WebhookRequest): RoutedChannel | null;
}

/** By path, then by method. */
export type WebhookAddresses = ReadonlyMap<string, ReadonlyMap<string, WebhookAddress>>;

/**
 * The addresses of the channels that are on.
 * @throws Error when two channels of one address both take whatever no other recognises
 */
export function webhookAddresses(channels: Channels): WebhookAddresses {
  const all = [...channels.values()].flatMap((channel) =>
    channel.webhooks.flatMap((route) => route.methods.map((method) => ({ method, routed: { channel, route } }))),
  );
  const byPath = Map.groupBy(all, ({ routed }) => routed.route.path);
  return new Map(
    [...byPath].map(([path, atPath]) => {
      const byMethod = Map.groupBy(atPath, ({ method }) => method);
      const routedBy = [...byMethod].map(([method, found]) => [method, found.map(({ routed }) => routed)] as const);
      return [path, new Map(routedBy.map(([method, routed]) => [method, toAddress(path, routed)]))];
    }),
  );
}

function toAddress(path: string, routed: readonly RoutedChannel[]): WebhookAddress {
  const recognising = routed.filter(({ route }) => route.recognises);
  const others = routed.filter(({ route }) => !route.recognises);
  if (others.length > 1) throw new Error(`More than one channel takes everything that comes to ${path}.`);
  const only = routed.length === 1 ? (routed[0] ?? null) : null;
  const rest = others[0] ?? null;
  return { only, choose: (request) => recognising.find(({ route }) => route.recognises?.(request)) ?? rest };
}
