import { createHash, createHmac, randomUUID } from 'node:crypto';
import type { Request, Response } from 'express';
import { jwtVerify, SignJWT } from 'jose';
import { cookiePath } from './refresh-cookie.ts';

const ISSUER = 'peyk';
const AUDIENCE = 'peyk-device';
const TYPE = 'device+jwt';
export const DEVICE_COOKIE = 'peyk_device';
const LIFETIME_DAYS = 180;
const DAY_S = 86_400;

/**
 * A browser in which somebody has logged in before. It gives no right at all: it only lets that person's attempts be counted
 * apart from those of strangers, so that strangers at the same address cannot lock them out.
 */
export interface DeviceTokens {
  /** For the browser in which this user has just logged in; `known` is what it brought, and is kept. */
  sign(username: string, known: string | null): Promise<string>;
  /** The device's id; null unless the token is ours, unexpired and of this very user. */
  verify(token: string, username: string): Promise<string | null>;
  readonly lifetimeSeconds: number;
}

const ID = /^[0-9a-f-]{36}$/;

/** Names are personal data, and a cookie lies on a disk. */
function subjectOf(username: string): string {
  return createHash('sha256').update(username).digest('base64url');
}

/** `secret` is that of the access tokens; the key is another one. `clock` gives milliseconds since the epoch. */
export function createDeviceTokens(secret: string, clock: () => number): DeviceTokens {
  const key = createHmac('sha256', secret).update('device tokens').digest();
  const lifetimeSeconds = LIFETIME_DAYS * DAY_S;
  return {
    lifetimeSeconds,
    sign(username, known) {
      const issuedAt = Math.floor(clock() / 1000);
      return new SignJWT()
        .setProtectedHeader({ alg: 'HS256', typ: TYPE })
        .setIssuer(ISSUER)
        .setAudience(AUDIENCE)
        .setSubject(subjectOf(username))
        .setJti(known ?? randomUUID())
        .setIssuedAt(issuedAt)
        .setExpirationTime(issuedAt + lifetimeSeconds)
        .sign(key);
    },
    async verify(token, username) {
      try {
        const { payload } = await jwtVerify(token, key, {
          algorithms: ['HS256'],
          issuer: ISSUER,
          audience: AUDIENCE,
          typ: TYPE,
          subject: subjectOf(username),
          requiredClaims: ['jti', 'iat', 'exp'],
          currentDate: new Date(clock()),
        });
        return ID.test(payload.jti ?? '') ? (payload.jti as string) : null;
      } catch {
        return null;
      }
    },
  };
}

/** The token that the browser brought, or null. */
export function readDeviceCookie(request: Request): string | null {
  const value: unknown = (request.cookies as Record<string, unknown> | undefined)?.[DEVICE_COOKIE];
  return typeof value === 'string' && value.length <= 1000 ? value : null;
}

export function setDeviceCookie(
  request: Request,
  response: Response,
  token: string,
  { secure, lifetimeSeconds }: { secure: boolean; lifetimeSeconds: number },
): void {
  const options = { httpOnly: true, sameSite: 'strict', secure, path: cookiePath(request) } as const;
  response.cookie(DEVICE_COOKIE, token, { ...options, maxAge: lifetimeSeconds * 1000 });
}
