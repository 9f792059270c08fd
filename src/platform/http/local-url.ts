const ALL_ADDRESSES = new Set(['0.0.0.0', '::']);

/** An address as it stands in a URL. */
export function hostInUrl(host: string): string {
  return host.includes(':') ? `[${host}]` : host;
}

/** Where programs of this machine reach a server that listens on `host`. */
export function localUrl(host: string, port: number): string {
  return `http://${ALL_ADDRESSES.has(host) ? '127.0.0.1' : hostInUrl(host)}:${port}`;
}
