import { type AuditAction, appendAudit } from '../audit/audit-store.ts';
import type { Database, Queries } from '../database/client.ts';
import { InvalidInputError } from '../errors.ts';
import { addressGroup } from '../http/client-address.ts';
import { HttpProblem } from '../http/problem.ts';
import {
  findDefaultBusinessId,
  findFamilyOf,
  findLoginHolder,
  findUserByUsername,
  type LoginOrigin,
  normaliseUsername,
  recordLogin,
  renewLoginSession,
  revokeFamily,
  revokeLoginsOf,
  rotateRefreshToken,
  type StoredUser,
  setOwnPassword,
  storeLoginSession,
  storeRefreshToken,
} from './auth-store.ts';
import type { DeviceTokens } from './device-tokens.ts';
import type { LoginLimits } from './login-limits.ts';
import { findPasswordFault } from './password-rules.ts';
import { hashPassword, verifyPassword } from './passwords.ts';
import { type AccessTokens, createFamilyId, createRefreshToken, familyStartMs, hashToken } from './tokens.ts';

/** Two tabs of one browser refresh at the same moment; after this time a second use means a stolen token. */
const REUSE_GRACE_MS = 15_000;
/** However often it is refreshed, a login ends after this many times the life of one refresh token. */
const FAMILY_LIFETIMES = 4;
const DAY_MS = 86_400_000;

export interface Session {
  accessToken: string;
  refreshToken: string;
  refreshExpiresAt: Date;
  user: StoredUser;
  familyId: string;
}

export interface LoginInput extends LoginOrigin {
  username: string;
  password: string;
  /** What the browser brought; it counts when this very user has logged in with it before. */
  deviceToken: string | null;
}

export interface PasswordChange {
  userId: string;
  /** The login that stays. */
  familyId: string | null;
  username: string;
  address: string;
  deviceToken: string | null;
  currentPassword: string;
  newPassword: string;
}

export interface Sessions {
  /**
   * Throws 401 with one and the same text, after the same work, for an unknown name and a wrong password; 429 when it was too
   * often.
   */
  login(input: LoginInput): Promise<Session>;
  /** Throws 401 for anything but a live refresh token; one used twice, or by two devices, ends its whole login. */
  refresh(refreshToken: string, origin: LoginOrigin): Promise<Session>;
  /**
   * Gives a person a password of their own choice, and ends their other logins. Throws 400 for a wrong present one or a new one
   * that is too easy to guess, 429 when it was tried too often.
   */
  changePassword(input: PasswordChange): Promise<void>;
  /** Ends the login of a refresh token or of an access token's family. Unknown ones are already ended. */
  logout(input: { refreshToken: string | null; familyId: string | null }): Promise<void>;
}

export interface SessionsDeps {
  db: Database;
  accessTokens: AccessTokens;
  deviceTokens: DeviceTokens;
  limits: LoginLimits;
  refreshTokenDays: number;
  clock: () => number;
}

const invalid = (field: string, why: string) => new InvalidInputError(why, { [field]: why });

export function createSessions(deps: SessionsDeps): Sessions {
  const { db, accessTokens, deviceTokens, limits, refreshTokenDays, clock } = deps;
  let defaultBusiness: Promise<string> | null = null;

  function expiryOf(familyId: string): Date {
    const lifetimeMs = refreshTokenDays * DAY_MS;
    const endsAtMs = familyStartMs(familyId) + FAMILY_LIFETIMES * lifetimeMs;
    return new Date(Math.min(clock() + lifetimeMs, endsAtMs));
  }

  async function issue(tx: Queries, user: StoredUser, familyId: string): Promise<Session> {
    const refreshExpiresAt = expiryOf(familyId);
    const refreshToken = createRefreshToken();
    const { id: userId, businessId } = user;
    const tokenHash = hashToken(refreshToken);
    await storeRefreshToken(tx, { businessId, userId, familyId, tokenHash, expiresAt: refreshExpiresAt });
    const accessToken = await accessTokens.sign({ userId, familyId });
    return { accessToken, refreshToken, refreshExpiresAt, user, familyId };
  }

  function audit(tx: Queries, user: StoredUser, action: AuditAction) {
    const { businessId, id, username } = user;
    return appendAudit(tx, { businessId, actor: id, action, resource: 'users', resourceId: id, subject: username });
  }

  /**
   * Writes down that somebody failed, whether there is such a user or not, so that the time tells nothing. A name that is
   * nobody's is left out: people type passwords into the wrong field.
   */
  async function auditFailure(user: StoredUser | null, address: string): Promise<void> {
    if (!(await limits.countFailure(address))) return;
    if (user) return audit(db, user, 'login_failed');
    defaultBusiness ??= findDefaultBusinessId(db);
    const businessId = await defaultBusiness.catch((error: unknown) => {
      defaultBusiness = null;
      throw error;
    });
    const nobody = { actor: 'stranger', resource: 'users', resourceId: '', subject: '' };
    await appendAudit(db, { ...nobody, businessId, action: 'login_failed' });
  }

  return {
    async login({ username, password, address, userAgent, deviceToken }) {
      const name = normaliseUsername(username);
      const deviceId = deviceToken === null ? null : await deviceTokens.verify(deviceToken, name);
      const attempt = { username: name, address, deviceId };
      await limits.countAttempt(attempt);
      const user = await findUserByUsername(db, name);
      const matches = await verifyPassword(user?.passwordHash ?? null, password);
      if (!user || !matches || !user.active) {
        await auditFailure(user, address);
        throw new HttpProblem(401, 'The username or the password is wrong.');
      }
      await limits.forget(attempt);
      const now = new Date(clock());
      const familyId = createFamilyId(now.getTime());
      return db.$transaction(async (tx) => {
        await recordLogin(tx, user.id, now);
        await audit(tx, user, 'login');
        const { id: userId, businessId } = user;
        const expiresAt = expiryOf(familyId);
        await storeLoginSession(tx, { familyId, businessId, userId, address, userAgent, now, expiresAt });
        return issue(tx, user, familyId);
      });
    },

    async changePassword({ userId, familyId, currentPassword, newPassword, deviceToken, address, username }) {
      // A stolen access token must not be a way to guess passwords without limits.
      const deviceId = deviceToken === null ? null : await deviceTokens.verify(deviceToken, username);
      const attempt = { username, address, deviceId };
      await limits.countAttempt(attempt);
      const user = await findUserByUsername(db, username);
      if (!user || !(await verifyPassword(user.passwordHash, currentPassword))) {
        await auditFailure(user, address);
        throw invalid('currentPassword', 'The password is wrong.');
      }
      await limits.forget(attempt);
      const fault = findPasswordFault(newPassword, username);
      if (fault) throw invalid('newPassword', fault);
      if (newPassword.normalize('NFKC') === currentPassword.normalize('NFKC'))
        throw invalid('newPassword', 'Must be another than the present one.');
      const passwordHash = await hashPassword(newPassword);
      await db.$transaction(async (tx) => {
        const isSet = await setOwnPassword(tx, { userId, provedHash: user.passwordHash, passwordHash });
        // It was changed in the meantime, here or by an admin.
        if (!isSet) throw invalid('currentPassword', 'The password is wrong.');
        await revokeLoginsOf(tx, userId, new Date(clock()), familyId);
        await audit(tx, user, 'change_password');
      });
    },

    async refresh(refreshToken, { address, userAgent }) {
      const now = new Date(clock());
      const tokenHash = hashToken(refreshToken);
      const outcome = await rotateRefreshToken(db, {
        tokenHash,
        device: hashToken(`${addressGroup(address)}\n${userAgent}`),
        now,
        graceMs: REUSE_GRACE_MS,
      });
      if (outcome.kind === 'rotated') {
        const { user, familyId } = outcome;
        await renewLoginSession(db, familyId, { now, expiresAt: expiryOf(familyId), address });
        return issue(db, user, familyId);
      }
      if (outcome.kind === 'reused') await audit(db, outcome.user, 'refresh_token_reused');
      throw new HttpProblem(401, 'The login has ended. Log in again.');
    },

    async logout({ refreshToken, familyId }) {
      const families = new Set<string>();
      if (familyId) families.add(familyId);
      const ofToken = refreshToken && (await findFamilyOf(db, hashToken(refreshToken)));
      if (ofToken) families.add(ofToken);
      for (const family of families)
        await db.$transaction(async (tx) => {
          if (!(await revokeFamily(tx, family, new Date(clock())))) return;
          const holder = await findLoginHolder(tx, family);
          if (holder) await audit(tx, holder, 'logout');
        });
    },
  };
}
