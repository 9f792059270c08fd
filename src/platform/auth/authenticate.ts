import { createHash, timingSafeEqual } from 'node:crypto';
import type { Request, RequestHandler } from 'express';
import type { Database } from '../database/client.ts';
import { HttpProblem } from '../http/problem.ts';
import { findDefaultBusinessId, findSessionUser, useApiKey } from './auth-store.ts';
import { isPermission, PERMISSIONS, type Permission, permissionsOfUser } from './permissions.ts';
import type { Principal } from './principal.ts';
import { type AccessTokens, hashToken } from './tokens.ts';

export interface AuthenticatorDeps {
  db: Database;
  accessTokens: AccessTokens;
  /** `ADMIN_API_KEY`: acts as an admin of the default business who runs the installation. Null turns it off. */
  adminApiKey: string | null;
  clock: () => number;
}

export type Authenticate = (request: Request) => Promise<Principal>;

const UNAUTHENTICATED = { headers: { 'WWW-Authenticate': 'Bearer' } };
const unauthenticated = () => new HttpProblem(401, 'Log in, or give a valid key.', UNAUTHENTICATED);

/** Compared by their hashes, so that neither length nor content shows in the time. */
function isSameSecret(given: string, expected: string): boolean {
  const digest = (value: string) => createHash('sha256').update(value).digest();
  return timingSafeEqual(digest(given), digest(expected));
}

/** Builds the check of who asks: a Bearer token, else `X-API-Key`. Anything in the query string is ignored. */
export function createAuthenticate({ db, accessTokens, adminApiKey, clock }: AuthenticatorDeps): Authenticate {
  async function byToken(token: string): Promise<Principal> {
    const claims = await accessTokens.verify(token);
    const user = claims && (await findSessionUser(db, claims.userId, claims.familyId));
    if (!user) throw unauthenticated();
    return {
      kind: 'user',
      actor: user.id,
      userId: user.id,
      username: user.username,
      role: user.role,
      businessId: user.businessId,
      permissions: new Set(permissionsOfUser(user)),
      familyId: claims.familyId,
      ownerId: user.id,
      passwordChangeDue: user.passwordChangeDue,
    };
  }

  async function byKey(key: string): Promise<Principal> {
    const base = { kind: 'api-key', userId: null, familyId: null, passwordChangeDue: false } as const;
    if (adminApiKey && isSameSecret(key, adminApiKey)) {
      const businessId = await findDefaultBusinessId(db);
      const permissions = new Set<Permission>(PERMISSIONS);
      return { ...base, actor: 'api-key', username: 'api-key', role: 'admin', businessId, permissions, ownerId: null };
    }
    const stored = await useApiKey(db, hashToken(key), new Date(clock()));
    if (!stored) throw unauthenticated();
    const permissions = new Set(stored.scopes.filter(isPermission));
    const actor = `api-key:${stored.id}`;
    const { businessId, ownerId } = stored;
    return { ...base, actor, username: actor, role: 'api-key', businessId, permissions, ownerId };
  }

  return async (request) => {
    const { authorization } = request.headers;
    if (authorization !== undefined) {
      const token = /^Bearer ([\w.-]{1,4096})$/i.exec(authorization)?.[1];
      if (!token) throw unauthenticated();
      return byToken(token);
    }
    const key = request.headers['x-api-key'];
    if (typeof key !== 'string' || key.length === 0 || key.length > 512) throw unauthenticated();
    return byKey(key);
  };
}

const principals = new WeakMap<Request, Principal>();

/** Middleware: nobody passes without a principal. */
export function requirePrincipal(authenticate: Authenticate): RequestHandler {
  return async (request, _response, next) => {
    principals.set(request, await authenticate(request));
    next();
  };
}

/** The principal that `requirePrincipal` found. Throws a 401 on a route that forgot it, so forgetting cannot open it. */
export function principalOf(request: Request): Principal {
  const principal = principals.get(request);
  if (!principal) throw unauthenticated();
  return principal;
}

/** Throws a 403 unless the caller may do all of these: nobody hands out more than they have. */
export function demandAll(principal: Principal, permissions: Iterable<Permission>): void {
  for (const permission of permissions) demand(principal, permission);
}

/** Throws a 403 that names the permission that is missing. */
export function demand(principal: Principal, permission: Permission | null): void {
  if (permission === null || principal.permissions.has(permission)) return;
  throw new HttpProblem(403, `This needs the permission ${permission}.`);
}
