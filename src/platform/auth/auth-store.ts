import { validate as isUuid } from 'uuid';
import type { Database, Queries } from '../database/client.ts';
import { type Permission, permissionsOfUser } from './permissions.ts';

export interface StoredUser {
  id: string;
  businessId: string;
  username: string;
  passwordHash: string;
  role: string;
  isInstallation: boolean;
  active: boolean;
  /** Somebody else made the password up. */
  passwordChangeDue: boolean;
}

/** A user as a request needs it: no password, and whether the login behind the token is still good. */
export type SessionUser = Omit<StoredUser, 'passwordHash' | 'active'>;

/** Usernames are compared in lower case and one Unicode form, so that `Ali` and `ali` are one account. */
export function normaliseUsername(username: string): string {
  return username.normalize('NFKC').trim().toLowerCase();
}

export function findUserByUsername(db: Queries, username: string): Promise<StoredUser | null> {
  return db.user.findUnique({ where: { username: normaliseUsername(username) } });
}

export async function recordLogin(db: Queries, userId: string, at: Date): Promise<void> {
  // Raw, because a login is no edit: `updatedAt` is what an editor's form is checked against.
  await db.$executeRaw`UPDATE users SET last_login_at = ${at} WHERE id = ${userId}::uuid`;
}

/** The user behind an access token; null when deleted, switched off, or logged out (the family is revoked). */
export async function findSessionUser(db: Queries, userId: string, familyId: string): Promise<SessionUser | null> {
  const rows = await db.$queryRaw<SessionUser[]>`
    SELECT id, business_id AS "businessId", username, role, is_installation AS "isInstallation",
      password_change_due AS "passwordChangeDue"
    FROM users
    WHERE id = ${userId}::uuid AND active
      AND NOT EXISTS (SELECT 1 FROM refresh_tokens WHERE family_id = ${familyId}::uuid AND revoked_at IS NOT NULL)
      AND NOT EXISTS (SELECT 1 FROM login_sessions WHERE id = ${familyId}::uuid AND revoked_at IS NOT NULL)`;
  return rows[0] ?? null;
}

/** Who holds something open that hangs on a login or a key. */
export interface Holder {
  /** A person's login, or null. */
  familyId: string | null;
  /** As in the audit log. */
  actor: string;
}

/** Which of these may do what `permission` stands for, now. A program with the installation's own key always may. */
export async function findHolders(
  db: Queries,
  holders: readonly Holder[],
  permission: Permission,
  now: Date,
): Promise<Set<Holder>> {
  const idOf = ({ actor }: Holder) => actor.replace(/^api-key:/, '');
  const isKey = ({ actor }: Holder) => actor.startsWith('api-key');
  const idsOf = (some: readonly Holder[]) => some.map(idOf).filter((id) => isUuid(id));
  const families = holders.flatMap(({ familyId }) => familyId ?? []);
  const [users, ended, keys] = await Promise.all([
    db.user.findMany({
      where: { id: { in: idsOf(holders.filter((one) => !isKey(one))) }, active: true },
      select: { id: true, role: true, isInstallation: true },
    }),
    db.loginSession.findMany({ where: { id: { in: families }, revokedAt: { not: null } }, select: { id: true } }),
    db.apiKey.findMany({ where: { id: { in: idsOf(holders.filter(isKey)) } }, include: WITH_OWNER }),
  ]);
  const able = new Set([
    ...users.filter((user) => permissionsOfUser(user).includes(permission)).map(({ id }) => id),
    ...keys.filter((key) => liveScopesOf(key, now)?.includes(permission)).map(({ id }) => id),
  ]);
  const over = new Set(ended.map(({ id }) => id));
  const holds = (one: Holder) => one.actor === 'api-key' || (able.has(idOf(one)) && !over.has(one.familyId ?? ''));
  return new Set(holders.filter(holds));
}

export interface NewRefreshToken {
  businessId: string;
  userId: string;
  familyId: string;
  tokenHash: string;
  expiresAt: Date;
}

export async function storeRefreshToken(db: Queries, token: NewRefreshToken): Promise<void> {
  await db.refreshToken.create({ data: token });
}

/** Where a login comes from, as its holder is shown it later. */
export interface LoginOrigin {
  address: string;
  userAgent: string;
}

export interface NewLoginSession extends LoginOrigin {
  familyId: string;
  businessId: string;
  userId: string;
  now: Date;
  expiresAt: Date;
}

/** Notes a new login. */
export async function storeLoginSession(db: Queries, session: NewLoginSession): Promise<void> {
  const { familyId: id, now, ...rest } = session;
  await db.loginSession.create({ data: { ...rest, id, createdAt: now, lastUsedAt: now } });
}

/** A login was refreshed: it lives until `expiresAt` now, and is seen at its newest address. */
export async function renewLoginSession(
  db: Queries,
  familyId: string,
  { now, expiresAt, address }: { now: Date; expiresAt: Date; address: string },
): Promise<void> {
  await db.loginSession.updateMany({ where: { id: familyId }, data: { lastUsedAt: now, expiresAt, address } });
}

/** Whether a person works in this business, and may be given work. */
export async function isColleague(db: Queries, businessId: string, userId: string): Promise<boolean> {
  return (await db.user.count({ where: { id: userId, businessId, active: true } })) === 1;
}

export type RotationOutcome =
  /** Claimed now, or a second time within the grace: the caller gets a new token of the same family. */
  | { kind: 'rotated'; user: StoredUser; familyId: string }
  /**
   * Used again after the grace, or by another device within it: the family has been revoked, because one of the two holders is
   * not the user.
   */
  | { kind: 'reused'; user: StoredUser; familyId: string }
  | { kind: 'refused' };

/**
 * Claims a refresh token. Of two parallel claims one rotates it and the other falls into the grace, so two tabs of one
 * browser both stay logged in; nobody gets anything from a revoked or expired token. `device` tells browsers apart.
 */
export function rotateRefreshToken(
  db: Database,
  { tokenHash, device, now, graceMs }: { tokenHash: string; device: string; now: Date; graceMs: number },
): Promise<RotationOutcome> {
  return db.$transaction(async (tx) => {
    await tx.$queryRaw`SELECT id FROM refresh_tokens WHERE token_hash = ${tokenHash} FOR UPDATE`;
    const token = await tx.refreshToken.findUnique({ where: { tokenHash }, include: { user: true } });
    if (!token || token.revokedAt || token.expiresAt <= now || !token.user.active) return { kind: 'refused' };
    const { user, familyId } = token;
    // A refresh that ran beside a logout may have left a fresh token in a family that has ended.
    const login = await tx.loginSession.findUnique({ where: { id: familyId }, select: { revokedAt: true } });
    if (login?.revokedAt) return { kind: 'refused' };
    if (!token.rotatedAt) {
      await tx.refreshToken.update({ where: { tokenHash }, data: { rotatedAt: now, rotatedBy: device } });
      return { kind: 'rotated', user, familyId };
    }
    const isSameDevice = token.rotatedBy === '' || token.rotatedBy === device;
    const isWithinGrace = now.getTime() - token.rotatedAt.getTime() <= graceMs;
    if (isWithinGrace && isSameDevice) return { kind: 'rotated', user, familyId };
    await revokeFamily(tx, familyId, now);
    return { kind: 'reused', user, familyId };
  });
}

/**
 * Ends one login: its refresh tokens and, through `findSessionUser`, its access tokens. Returns whether it had not ended
 * before.
 */
export async function revokeFamily(db: Queries, familyId: string, now: Date): Promise<boolean> {
  await db.refreshToken.updateMany({ where: { familyId, revokedAt: null }, data: { revokedAt: now } });
  const ended = await db.loginSession.updateMany({
    where: { id: familyId, revokedAt: null },
    data: { revokedAt: now },
  });
  return ended.count > 0;
}

/** Whose login this is or was. */
export async function findLoginHolder(db: Queries, familyId: string): Promise<StoredUser | null> {
  return (await db.loginSession.findUnique({ where: { id: familyId }, select: { user: true } }))?.user ?? null;
}

/** Ends every login of a user but the named one: after a changed password, and when switched off. */
export async function revokeLoginsOf(
  db: Queries,
  userId: string,
  now: Date,
  exceptFamilyId: string | null = null,
): Promise<void> {
  const open = { userId, revokedAt: null };
  const others = exceptFamilyId === null ? {} : { not: exceptFamilyId };
  await db.refreshToken.updateMany({ where: { ...open, familyId: others }, data: { revokedAt: now } });
  await db.loginSession.updateMany({ where: { ...open, id: others }, data: { revokedAt: now } });
}

/**
 * Somebody's own choice: the password changes, and nobody has to ask for another. False: it is not the one that was proved any
 * more, or the person is off; nothing changes.
 */
export async function setOwnPassword(
  db: Queries,
  { userId, provedHash, passwordHash }: { userId: string; provedHash: string; passwordHash: string },
): Promise<boolean> {
  const where = { id: userId, passwordHash: provedHash, active: true };
  const { count } = await db.user.updateMany({ where, data: { passwordHash, passwordChangeDue: false } });
  return count === 1;
}

export async function findFamilyOf(db: Queries, tokenHash: string): Promise<string | null> {
  const token = await db.refreshToken.findUnique({ where: { tokenHash }, select: { familyId: true } });
  return token?.familyId ?? null;
}

export interface StoredApiKey {
  id: string;
  businessId: string;
  /** With whom it stops; null: with nobody. */
  ownerId: string | null;
  /** Never more than its owner may do now. */
  scopes: string[];
}

/** What a key may do now: nothing once it is revoked, over or its owner is off, and never more than the owner may. */
function liveScopesOf(
  key: { scopes: string[]; revokedAt: Date | null; expiresAt: Date | null; owner: KeyOwner | null },
  now: Date,
): string[] | null {
  if (key.revokedAt || (key.expiresAt && key.expiresAt <= now) || key.owner?.active === false) return null;
  if (!key.owner) return key.scopes;
  const allowed = new Set<string>(permissionsOfUser(key.owner));
  return key.scopes.filter((scope) => allowed.has(scope));
}

type KeyOwner = Pick<StoredUser, 'active' | 'role' | 'isInstallation'>;
const WITH_OWNER = { owner: { select: { active: true, role: true, isInstallation: true } } } as const;

/** Null for a key that is unknown, revoked, over, or whose owner may not log in. Notes the use, at most once a minute to spare writes. */
export async function useApiKey(db: Queries, keyHash: string, now: Date): Promise<StoredApiKey | null> {
  const key = await db.apiKey.findUnique({ where: { keyHash }, include: WITH_OWNER });
  const scopes = key && liveScopesOf(key, now);
  if (!key || !scopes) return null;
  if (!key.lastUsedAt || now.getTime() - key.lastUsedAt.getTime() > 60_000) {
    await db.apiKey.updateMany({ where: { id: key.id }, data: { lastUsedAt: now } });
  }
  return { id: key.id, businessId: key.businessId, ownerId: key.ownerId, scopes };
}

/** Resolves to false when the key was revoked before. */
export async function revokeApiKey(db: Queries, id: string, now: Date): Promise<boolean> {
  const { count } = await db.apiKey.updateMany({ where: { id, revokedAt: null }, data: { revokedAt: now } });
  return count === 1;
}

export const DEFAULT_BUSINESS_SLUG = 'default';
/** Until its people give it their own. */
export const DEFAULT_BUSINESS_NAME = 'Peyk';

/** The business that a fresh installation begins with; made when missing. */
export async function ensureDefaultBusiness(db: Queries): Promise<string> {
  await db.$executeRaw`
    INSERT INTO businesses (name, slug) VALUES (${DEFAULT_BUSINESS_NAME}, ${DEFAULT_BUSINESS_SLUG})
    ON CONFLICT (slug) DO NOTHING`;
  return findDefaultBusinessId(db);
}

export async function findDefaultBusinessId(db: Queries): Promise<string> {
  const business = await db.business.findUniqueOrThrow({
    where: { slug: DEFAULT_BUSINESS_SLUG },
    select: { id: true },
  });
  return business.id;
}

/** Locks them until the transaction ends, so that two admins cannot remove each other at the same moment. */
export async function countActiveAdmins(db: Queries, businessId: string): Promise<number> {
  const rows = await db.$queryRaw<unknown[]>`
    SELECT id FROM users WHERE business_id = ${businessId}::uuid AND role = 'admin' AND active ORDER BY id FOR UPDATE`;
  return rows.length;
}

export interface NewUser {
  businessId: string;
  username: string;
  passwordHash: string;
  role: string;
  /** Runs the installation; absent: as it was, and not for somebody new. */
  isInstallation?: boolean;
  /** Nobody chose the password; absent: the person did. */
  passwordChangeDue?: boolean;
}

/** Creates the user, or sets password and role of the one who has the name and makes them active again. */
export async function saveUser(db: Queries, user: NewUser): Promise<{ id: string; created: boolean }> {
  const username = normaliseUsername(user.username);
  const existing = await db.user.findUnique({ where: { username }, select: { id: true } });
  if (existing) {
    const { passwordHash, role, isInstallation, passwordChangeDue = false } = user;
    const data = {
      passwordHash,
      role,
      active: true,
      passwordChangeDue,
      ...(isInstallation === undefined ? {} : { isInstallation }),
    };
    await db.user.update({ where: { username }, data });
    return { id: existing.id, created: false };
  }
  const created = await db.user.create({ data: { ...user, username } });
  return { id: created.id, created: true };
}

/** Whether anybody can administer anything yet. */
export async function hasAnyUser(db: Queries): Promise<boolean> {
  return (await db.user.findFirst({ select: { id: true } })) !== null;
}
