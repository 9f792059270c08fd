/** Parameters by which campaigns follow a visitor; they do not name another page. */
const TRACKING = /^(?:utm_|fbclid$|gclid$|igshid$|igsh$|yclid$|mc_|ref$|_ga$)/i;

/**
 * The one spelling of a page's address, by which a product is known: no fragment, no tracking parameters, no slash at the
 * end, the host in lower case, the path decoded where that is harmless. Null for what is no address of a web page. Pure.
 */
export function productKey(address: string): string | null {
  const url = URL.canParse(address.trim()) ? new URL(address.trim()) : null;
  if (!url || !/^https?:$/.test(url.protocol)) return null;
  const kept = [...url.searchParams].filter(([name]) => !TRACKING.test(name)).sort(([a], [b]) => (a < b ? -1 : 1));
  const query = kept.length > 0 ? `?${new URLSearchParams(kept)}` : '';
  const host = url.hostname.replace(/\.$/, '').replace(/^www\./, '');
  const port = url.port === '' ? '' : `:${url.port}`;
  return `${host}${port}${readable(url.pathname).replace(/\/+$/, '')}${query}`;
}

/** `%D8%B4` and `%d8%b4` and «ش» are one path. */
function readable(path: string): string {
  try {
    return decodeURI(path);
  } catch {
    return path;
  }
}

/** The key of a product that people make: no page's address looks like it. Random, so not for workflows. */
export function newProductKey(): string {
  return `manual:${globalThis.crypto.randomUUID()}`;
}
