import { createHash, randomBytes } from 'node:crypto';
import { jwtVerify, SignJWT } from 'jose';
import { v7 as uuidv7 } from 'uuid';

const ISSUER = 'peyk';
const AUDIENCE = 'peyk-api';
const TYPE = 'at+jwt';
const CLOCK_TOLERANCE_S = 5;

export interface AccessClaims {
  userId: string;
  familyId: string;
}

export interface AccessTokens {
  sign(claims: AccessClaims): Promise<string>;
  /** Null for anything but our own valid, unexpired access token. */
  verify(token: string): Promise<AccessClaims | null>;
  readonly lifetimeSeconds: number;
}

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/**
 * Access tokens: HS256 only, with issuer, audience and type checked.
 * `clock` gives milliseconds since the epoch.
 */
export function createAccessTokens(secret: string, lifetimeMinutes: number, clock: () => number): AccessTokens {
  const key = new TextEncoder().encode(secret);
  const lifetimeSeconds = Math.round(lifetimeMinutes * 60);
  return {
    lifetimeSeconds,
    sign({ userId, familyId }) {
      const issuedAt = Math.floor(clock() / 1000);
      return new SignJWT({ sid: familyId })
        .setProtectedHeader({ alg: 'HS256', typ: TYPE })
        .setIssuer(ISSUER)
        .setAudience(AUDIENCE)
        .setSubject(userId)
        .setIssuedAt(issuedAt)
        .setExpirationTime(issuedAt + lifetimeSeconds)
        .sign(key);
    },
    async verify(token) {
      try {
        const { payload } = await jwtVerify(token, key, {
          algorithms: ['HS256'],
          issuer: ISSUER,
          audience: AUDIENCE,
          typ: TYPE,
          requiredClaims: ['sub', 'sid', 'iat', 'exp'],
          // A maximum age also makes the library refuse a token from the future.
          maxTokenAge: lifetimeSeconds + CLOCK_TOLERANCE_S,
          clockTolerance: CLOCK_TOLERANCE_S,
          currentDate: new Date(clock()),
        });
        const { sub, sid } = payload;
        if (typeof sub !== 'string' || typeof sid !== 'string' || !UUID.test(sub) || !UUID.test(sid)) return null;
        return { userId: sub, familyId: sid };
      } catch {
        return null;
      }
    },
  };
}

/** 256 random bits. Only its hash is stored. */
export function createRefreshToken(): string {
  return randomBytes(32).toString('base64url');
}

/** 256 random bits behind a word by which a leaked key is recognised. */
export function createApiKey(): string {
  return `peyk_${randomBytes(32).toString('base64url')}`;
}

/** For refresh tokens and API keys: random enough that a plain SHA-256 cannot be searched. */
export function hashToken(token: string): string {
  return createHash('sha256').update(token).digest('hex');
}

/** A new login. The id is a uuidv7, so it says when the login began. */
export function createFamilyId(nowMs: number): string {
  return uuidv7({ msecs: nowMs });
}

/** When a login began, in milliseconds since the epoch: the first 48 bits of its uuidv7. */
export function familyStartMs(familyId: string): number {
  return Number.parseInt(familyId.replaceAll('-', '').slice(0, 12), 16);
}
