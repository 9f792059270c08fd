import type { RequestHandler } from 'express';

/** Other spellings of our addresses, and the one that is served. A prefix stands for all that follows it. */
const PREFIXES: readonly (readonly [alias: string, ours: string])[] = [
  ['/v1/auth/', '/auth/'],
  ['/api/admin/auth/', '/auth/'],
  ['/api/auth/', '/auth/'],
  ['/api/chats', '/api/conversations'],
  ['/api/instagram/accounts', '/api/instagram-accounts'],
  ['/v1/instagram', '/api/instagram-accounts'],
];

/** Addresses under an aliased prefix that mean themselves. */
const OWN = /^\/api\/chats\/[^/]+\/message\/?$/;

/** Query parameters of other spellings, as the filters they stand for. */
export const QUERY_ALIASES: Readonly<Record<string, string>> = { platform: 'channel' };

/** Rewrites an aliased address. `originalUrl` keeps what was asked for. */
export const resolveAliases: RequestHandler = (request, _response, next) => {
  const path = request.path;
  for (const [alias, ours] of PREFIXES) {
    if (!path.startsWith(alias) || OWN.test(path)) continue;
    const boundary = alias.endsWith('/') || ['', '/'].includes(path.charAt(alias.length));
    if (!boundary) continue;
    request.url = ours + request.url.slice(alias.length);
    break;
  }
  next();
};
