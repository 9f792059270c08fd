import { z } from 'zod';
import { countActiveAdmins, normaliseUsername, revokeLoginsOf } from '../platform/auth/auth-store.ts';
import { demand, demandAll } from '../platform/auth/authenticate.ts';
import { findPasswordFault } from '../platform/auth/password-rules.ts';
import { hashPassword, PASSWORD_MAX_BYTES } from '../platform/auth/passwords.ts';
import { INSTALLATION_PERMISSION, permissionsOf, ROLES } from '../platform/auth/permissions.ts';
import type { Principal } from '../platform/auth/principal.ts';
import { ConflictError, InvalidInputError } from '../platform/errors.ts';
import { booleanField, dateField, textField, uuidField, wordField } from '../platform/http/resources/field.ts';
import { findNamedBusiness } from '../platform/http/resources/named-business.ts';
import { id, isoOrNull, nullableTime, time } from '../platform/http/resources/record-parts.ts';
import { type ChangeContext, type Data, defineResource } from '../platform/http/resources/resource.ts';

export const userRecord = z.object({
  id,
  username: z.string(),
  role: z.string(),
  /** Runs the installation: makes businesses and sees what belongs to none. */
  isInstallation: z.boolean(),
  active: z.boolean(),
  /** Somebody else made the password up: the person is asked to choose another. */
  mustChangePassword: z.boolean(),
  lastLoginAt: nullableTime,
  createdAt: time,
  updatedAt: time,
});

const username = z
  .string()
  .trim()
  .min(2)
  .max(320)
  .regex(/^[\p{L}\p{N}._@+-]+$/u, 'Letters, digits and . _ @ + - only.');
const password = z
  .string()
  .min(1)
  .refine((value) => Buffer.byteLength(value) <= PASSWORD_MAX_BYTES, 'At most 1 kB.');
const role = z.enum(ROLES);

/** The columns of an input: a password becomes its hash, and its owner is asked for another that nobody else knows. */
async function toColumns({ password: plain, username: name, ...rest }: Data, known = ''): Promise<Data> {
  const username = typeof name === 'string' ? normaliseUsername(name) : known;
  const columns = { ...rest, ...(typeof name === 'string' ? { username } : {}) };
  if (typeof plain !== 'string') return columns;
  const fault = findPasswordFault(plain, username);
  if (fault) throw new InvalidInputError(fault, { password: fault });
  return { ...columns, passwordHash: await hashPassword(plain), passwordChangeDue: true };
}

/**
 * Nobody gives rights that they lack, nor gets them by the password of somebody who has them. The two roles are the
 * user's own and the one that is given.
 */
function demandRoles(principal: Principal, roles: readonly unknown[]): void {
  for (const role of roles) if (typeof role === 'string') demandAll(principal, permissionsOf(role));
}

/** Nor does anybody get into the place of a person who runs the installation. */
function demandRank(principal: Principal, row: { isInstallation: boolean }): void {
  if (row.isInstallation) demand(principal, INSTALLATION_PERMISSION);
}

/** Whoever sits at somebody's open panel could take the account over. */
const OWN_PASSWORD = 'Your own password is changed under your name, with the present one.';

/** Without an active admin nobody could let anybody in again. */
async function keepAnAdmin(row: { role: string; active: boolean }, { db, principal }: ChangeContext): Promise<void> {
  if (row.role !== 'admin' || !row.active) return;
  if ((await countActiveAdmins(db, principal.businessId)) > 1) return;
  throw new ConflictError('The last active admin must stay.');
}

export const users = defineResource({
  name: 'users',
  model: 'user',
  summary: 'People who may log in.',
  record: userRecord,
  permissions: { read: 'manage-users', write: 'manage-users' },
  defaultSort: ['username', 'ASC'],
  fields: {
    id: uuidField(),
    username: textField(),
    role: wordField(ROLES),
    active: booleanField(),
    lastLoginAt: dateField({ nullable: true }),
    createdAt: dateField(),
    updatedAt: dateField(),
  },
  search: [['username']],
  create: {
    schema: z.strictObject({
      username,
      password,
      role: role.default('operator'),
      active: z.boolean().default(true),
      /** Of another business, for people of the installation. */
      businessId: z.uuid().optional(),
    }),
    businessOf: findNamedBusiness,
    toData(input, { principal }) {
      demandRoles(principal, [input.role]);
      return toColumns(input);
    },
  },
  update: {
    schema: z.object({ username, password, role, active: z.boolean() }),
    async toData(input, row, context) {
      demandRoles(context.principal, [row.role, input.role]);
      demandRank(context.principal, row);
      if (input.password !== undefined && row.id === context.principal.userId) throw new ConflictError(OWN_PASSWORD);
      const losesAdmin = (input.role !== undefined && input.role !== 'admin') || input.active === false;
      if (losesAdmin) await keepAnAdmin(row, context);
      // Whoever knew the old password, or may no longer work here, is logged out at once.
      if (input.password !== undefined || input.active === false) await revokeLoginsOf(context.db, row.id, context.now);
      return toColumns(input, row.username);
    },
  },
  async guardDelete(row, context) {
    if (row.id === context.principal.userId) throw new ConflictError('You cannot delete yourself.');
    demandRoles(context.principal, [row.role]);
    demandRank(context.principal, row);
    await keepAnAdmin(row, context);
  },
  subject: ({ username }) => username,
  present: (row) => ({
    id: row.id,
    username: row.username,
    role: row.role,
    isInstallation: row.isInstallation,
    active: row.active,
    mustChangePassword: row.passwordChangeDue,
    lastLoginAt: isoOrNull(row.lastLoginAt),
    createdAt: row.createdAt.toISOString(),
    updatedAt: row.updatedAt.toISOString(),
  }),
});
