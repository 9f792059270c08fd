import type { IncomingMessage } from 'node:http';
import ipaddr from 'ipaddr.js';

/** Where a request comes from, as the connection or a proxy that we trust says; IPv4 in IPv6 clothes is taken out of them. */
export function clientAddress(request: IncomingMessage & { ip?: string | undefined }): string {
  return (request.ip ?? request.socket.remoteAddress ?? '').replace(/^::ffff:(?=\d+\.)/i, '');
}

/** Of an IPv6 address, this many of its eight parts name a network that is given to one customer; the rest is theirs to choose. */
const NETWORK_PARTS = 4;

/**
 * What limits count by: an IPv4 address, or the /64 network of an IPv6 one, because whoever has one address of it has all.
 * What is no address stays as it is.
 */
export function addressGroup(address: string): string {
  if (!ipaddr.isValid(address)) return address;
  const plain = ipaddr.process(address);
  if (!(plain instanceof ipaddr.IPv6)) return plain.toString();
  const network = [...plain.parts.slice(0, NETWORK_PARTS), 0, 0, 0, 0];
  return `${new ipaddr.IPv6(network).toString()}/64`;
}
