import { type LookupAddress, type LookupOptions, lookup as systemLookup } from 'node:dns';
import { isIP, type Socket } from 'node:net';
import ipaddr from 'ipaddr.js';
import { Agent, buildConnector } from 'undici';
import { FetchRefusedError } from '../errors.ts';

type LookupCallback = (error: Error | null, addresses: LookupAddress[]) => void;
/** Resolves a name to all its addresses, as `dns.lookup` with `all`. Tests give their own. */
export type Lookup = (hostname: string, options: LookupOptions & { all: true }, callback: LookupCallback) => void;

export interface GuardOptions {
  /** Private ranges that may be reached all the same; with them any port. Empty in production. */
  allowCidrs: readonly string[];
  lookup?: Lookup;
  /** Connections to one host at a time. */
  connectionsPerHost?: number;
}

const CONNECT_TIMEOUT_MS = 5000;
const WEB_PORTS = new Set(['', '80', '443']);

/** Says whether a connection to this address and port may be made. */
type Judge = (address: string, port: string) => boolean;

/** Of IPv6 only what is given out to the world: `::127.0.0.1` and its like are called unicast as well. */
const GLOBAL_IPV6 = ipaddr.IPv6.parseCIDR('2000::/3');

function isPublic(address: ipaddr.IPv4 | ipaddr.IPv6): boolean {
  if (address.range() !== 'unicast') return false;
  return address instanceof ipaddr.IPv4 || address.match(GLOBAL_IPV6);
}

function createJudge(allowCidrs: readonly string[]): Judge {
  const ranges = allowCidrs.map((range) => ipaddr.parseCIDR(range));
  return (address, port) => {
    if (!ipaddr.isValid(address)) return false;
    // An IPv4 address in IPv6 clothes is judged as what it is.
    const plain = ipaddr.process(address);
    const isAllowed = ranges.some(([base, bits]) => base.kind() === plain.kind() && plain.match([base, bits] as never));
    return isAllowed || (isPublic(plain) && WEB_PORTS.has(port));
  };
}

function refuse(): FetchRefusedError {
  return new FetchRefusedError(
    'The address leads into a private network, or to a port that is no web site.',
    'address',
  );
}

/**
 * Connects only to public addresses on web ports. Three times asked, because each way around another: a literal address is
 * never looked up; a name is judged by all its addresses; and what was really connected to is judged once more, because
 * a name may answer differently the second time.
 */
export function createGuardedAgent({ allowCidrs, lookup, connectionsPerHost = 4 }: GuardOptions): Agent {
  const mayReach = createJudge(allowCidrs);
  const resolve: Lookup = lookup ?? ((hostname, options, callback) => systemLookup(hostname, options, callback));
  return new Agent({
    allowH2: false,
    connections: connectionsPerHost,
    pipelining: 1,
    connect(options, callback) {
      const hostname = options.hostname.replace(/^\[|\]$/g, '');
      const port = options.port ?? '';
      if (isIP(hostname) !== 0 && !mayReach(hostname, port)) return callback(refuse(), null);
      const connect = buildConnector({
        timeout: CONNECT_TIMEOUT_MS,
        lookup: (name, asked, done) => {
          resolve(name, { ...asked, all: true }, (error, addresses) => {
            const first = addresses?.[0];
            if (error || !first) return done(error ?? new Error('The name has no address.'), '');
            if (addresses.some(({ address }) => !mayReach(address, port))) return done(refuse(), '');
            if (asked.all) return done(null, addresses);
            return done(null, first.address, first.family);
          });
        },
      });
      connect(options, (...outcome) => {
        const socket = outcome[1] as Socket | null;
        if (!socket) return callback(...outcome);
        if (mayReach(socket.remoteAddress ?? '', port)) return callback(null, socket);
        socket.destroy();
        return callback(refuse(), null);
      });
    },
  });
}
