import type { CookieOptions, Request, Response } from 'express';
import { HttpProblem } from '../http/problem.ts';

export const REFRESH_COOKIE = 'peyk_refresh';

/** `/auth`, or the `…/auth` of the alias that was called: the cookies of a login go nowhere else. */
export function cookiePath(request: Request): string {
  const path = request.originalUrl.split('?')[0] ?? '';
  return `${path.slice(0, path.lastIndexOf('/auth/'))}/auth`;
}

function cookieOptions(request: Request, secure: boolean): CookieOptions {
  return { httpOnly: true, sameSite: 'strict', secure, path: cookiePath(request) };
}

export function setRefreshCookie(
  request: Request,
  response: Response,
  token: string,
  { secure, expires }: { secure: boolean; expires: Date },
): void {
  response.cookie(REFRESH_COOKIE, token, { ...cookieOptions(request, secure), expires });
}

export function clearRefreshCookie(request: Request, response: Response, secure: boolean): void {
  response.clearCookie(REFRESH_COOKIE, cookieOptions(request, secure));
}

/** The token in the cookie, or null. */
export function readRefreshCookie(request: Request): string | null {
  const value: unknown = (request.cookies as Record<string, unknown> | undefined)?.[REFRESH_COOKIE];
  return typeof value === 'string' && value.length <= 200 ? value : null;
}

/**
 * A cookie travels by itself, so whoever uses one must come from our own pages.
 * Throws a 403 when the browser says that another site sent the request.
 */
export function refuseForeignOrigin(request: Request, allowedOrigins: readonly string[]): void {
  const { origin } = request.headers;
  if (origin !== undefined) {
    const host = URL.canParse(origin) ? new URL(origin).host : null;
    if (host === request.headers.host || allowedOrigins.includes(origin)) return;
    throw new HttpProblem(403, 'This page may not use the login of another site.');
  }
  if (request.headers['sec-fetch-site'] === 'cross-site') {
    throw new HttpProblem(403, 'This page may not use the login of another site.');
  }
}
