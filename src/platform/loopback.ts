/** Whether a host's name leads to this machine's own loopback, which nobody else can reach. */
export function isLoopback(host: string): boolean {
  return host === 'localhost' || /^127(\.\d+){3}$/.test(host) || host === '::1';
}

/** The same of a whole web address. */
export function isOfThisMachine(address: string): boolean {
  return isLoopback(new URL(address).hostname.replace(/^\[|\]$/g, ''));
}
