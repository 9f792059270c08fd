import cookieParser from 'cookie-parser';
import { type Request, type Response, Router } from 'express';
import { z } from 'zod';
import { clientAddress } from '../http/client-address.ts';
import { HttpProblem, refuseMethod } from '../http/problem.ts';
import { readInput } from '../http/validate.ts';
import type { LoginOrigin } from './auth-store.ts';
import { type Authenticate, principalOf, requirePrincipal } from './authenticate.ts';
import { type DeviceTokens, readDeviceCookie, setDeviceCookie } from './device-tokens.ts';
import { PASSWORD_MAX_BYTES } from './passwords.ts';
import { permissionsOfUser } from './permissions.ts';
import { clearRefreshCookie, readRefreshCookie, refuseForeignOrigin, setRefreshCookie } from './refresh-cookie.ts';
import type { Session, Sessions } from './sessions.ts';
import type { AccessTokens } from './tokens.ts';

const name = z.string().trim().min(1).max(320);

export const loginSchema = z
  .object({
    username: name.optional(),
    email: name.optional(),
    password: z
      .string()
      .min(1)
      .refine((value) => Buffer.byteLength(value) <= PASSWORD_MAX_BYTES, 'At most 1 kB.'),
    cookie: z.boolean().default(false),
  })
  .refine((input) => input.username !== undefined || input.email !== undefined, {
    message: 'Give a username or an email.',
    path: ['username'],
  });

const anyPassword = z
  .string()
  .min(1)
  .refine((value) => Buffer.byteLength(value) <= PASSWORD_MAX_BYTES, 'At most 1 kB.');

export const passwordChangeSchema = z.strictObject({ currentPassword: anyPassword, newPassword: anyPassword });

export const refreshSchema = z.object({ refresh_token: z.string().min(1).max(200).optional() });

export interface AuthRouteDeps {
  sessions: Sessions;
  authenticate: Authenticate;
  accessTokens: AccessTokens;
  deviceTokens: DeviceTokens;
  allowedOrigins: readonly string[];
  /** Whether the public address is https. */
  secureCookies: boolean;
}

/** Where from, and as the browser names itself: for people to recognise their own logins by, and to tell two devices apart. */
function originOf(request: Request): LoginOrigin {
  return { address: clientAddress(request), userAgent: (request.headers['user-agent'] ?? '').slice(0, 300) };
}

/** An expired access token must not keep anyone from logging out; a database that is down must. */
function ignoreExpired(error: unknown): null {
  if (error instanceof HttpProblem && error.status === 401) return null;
  throw error;
}

/** Login, refresh, logout and who am I, below `/auth`. Mount it at the root. */
export function createAuthRouter(deps: AuthRouteDeps): Router {
  const { sessions, authenticate, accessTokens, deviceTokens, allowedOrigins, secureCookies } = deps;
  const router = Router();
  router.use('/auth', cookieParser());

  /** `device`: what the browser is remembered by from now on; null: as it is. */
  function answer(request: Request, response: Response, session: Session, byCookie: boolean, device: string | null) {
    const { user, refreshToken, refreshExpiresAt } = session;
    const secure = secureCookies;
    if (byCookie) setRefreshCookie(request, response, refreshToken, { secure, expires: refreshExpiresAt });
    if (device) setDeviceCookie(request, response, device, { secure, lifetimeSeconds: deviceTokens.lifetimeSeconds });
    response.json({
      access_token: session.accessToken,
      token_type: 'Bearer',
      expires_in: accessTokens.lifetimeSeconds,
      ...(byCookie ? {} : { refresh_token: refreshToken }),
      user: {
        id: user.id,
        username: user.username,
        role: user.role,
        permissions: permissionsOfUser(user),
        mustChangePassword: user.passwordChangeDue,
      },
    });
  }

  async function deviceOf(username: string, brought: string | null): Promise<string> {
    const known = brought === null ? null : await deviceTokens.verify(brought, username);
    return deviceTokens.sign(username, known);
  }

  router.post('/auth/login', async (request, response) => {
    const input = readInput(loginSchema, request.body);
    if (input.cookie) refuseForeignOrigin(request, allowedOrigins);
    const username = input.username ?? input.email ?? '';
    const deviceToken = readDeviceCookie(request);
    const session = await sessions.login({
      username,
      password: input.password,
      ...originOf(request),
      deviceToken,
    });
    const device = input.cookie ? await deviceOf(session.user.username, deviceToken) : null;
    answer(request, response, session, input.cookie, device);
  });

  router.post(['/auth/refresh', '/auth/refresh-tokens'], async (request, response) => {
    const given = readInput(refreshSchema, request.body ?? {}).refresh_token;
    const byCookie = given === undefined;
    if (byCookie) refuseForeignOrigin(request, allowedOrigins);
    const token = given ?? readRefreshCookie(request);
    if (!token) throw new HttpProblem(401, 'The login has ended. Log in again.');
    answer(request, response, await sessions.refresh(token, originOf(request)), byCookie, null);
  });

  router.post('/auth/logout', async (request, response) => {
    const given = readInput(refreshSchema, request.body ?? {}).refresh_token;
    const cookie = given === undefined ? readRefreshCookie(request) : null;
    if (cookie) refuseForeignOrigin(request, allowedOrigins);
    // Without a cookie or token in the body, the access token says which login ends; neither is no error.
    const principal = request.headers.authorization ? await authenticate(request).catch(ignoreExpired) : null;
    await sessions.logout({ refreshToken: given ?? cookie, familyId: principal?.familyId ?? null });
    clearRefreshCookie(request, response, secureCookies);
    response.json({ ok: true });
  });

  router.get('/auth/me', requirePrincipal(authenticate), (request, response) => {
    const { userId, username, role, businessId, permissions, passwordChangeDue } = principalOf(request);
    const id = userId ?? username;
    response.json({
      id,
      username,
      fullName: username,
      role,
      businessId,
      permissions: [...permissions],
      mustChangePassword: passwordChangeDue,
    });
  });

  router.post('/auth/password', requirePrincipal(authenticate), async (request, response) => {
    const { userId, familyId, username } = principalOf(request);
    if (userId === null) throw new HttpProblem(403, 'A key has no password.');
    const input = readInput(passwordChangeSchema, request.body);
    const { address } = originOf(request);
    await sessions.changePassword({
      ...input,
      userId,
      familyId,
      username,
      address,
      deviceToken: readDeviceCookie(request),
    });
    response.json({ ok: true });
  });

  router.all(
    ['/auth/password', '/auth/login', '/auth/refresh', '/auth/refresh-tokens', '/auth/logout'],
    refuseMethod(['POST']),
  );
  router.all('/auth/me', refuseMethod(['GET', 'HEAD']));
  return router;
}
