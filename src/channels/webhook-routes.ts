import type { Channel, Channels, WebhookRequest, WebhookRoute } from './channel.ts';

/** A channel behind one of its addresses. */
export interface RoutedChannel {
  channel: Channel;
  route: WebhookRoute;
}

/** Who is behind one address. */
export interface WebhookAddress {
  /** What it may be asked with. */
  methods: ReadonlySet<string>;
  /** Whose an address is that serves one channel only; null: each request is looked at. */
  only: RoutedChannel | null;
  /** Tells whose a request is; null: nobody's. */
  choose(request: WebhookRequest): RoutedChannel | null;
}

/**
 * The addresses of the channels that are on, by path.
 * @throws Error when two channels of one address both take whatever no other recognises
 */
export function webhookAddresses(channels: Channels): ReadonlyMap<string, WebhookAddress> {
  const byPath = new Map<string, RoutedChannel[]>();
  for (const channel of channels.values()) {
    for (const route of channel.webhooks)
      byPath.set(route.path, [...(byPath.get(route.path) ?? []), { channel, route }]);
  }
  return new Map([...byPath].map(([path, routed]) => [path, toAddress(path, routed)]));
}

function toAddress(path: string, routed: readonly RoutedChannel[]): WebhookAddress {
  const methods = new Set(routed.flatMap(({ route }) => route.methods));
  const recognising = routed.filter(({ route }) => route.recognises);
  const others = routed.filter(({ route }) => !route.recognises);
  if (others.length > 1) throw new Error(`More than one channel takes everything that comes to ${path}.`);
  const only = routed.length === 1 ? (routed[0] ?? null) : null;
  const rest = others[0] ?? null;
  const choose = (request: WebhookRequest) => recognising.find(({ route }) => route.recognises?.(request)) ?? rest;
  return { methods, only, choose };
}
