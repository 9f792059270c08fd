import { z } from 'zod';
import { revokeFamily } from '../platform/auth/auth-store.ts';
import { dateField, textField, uuidField } from '../platform/http/resources/field.ts';
import { id, time } from '../platform/http/resources/record-parts.ts';
import { defineResource } from '../platform/http/resources/resource.ts';

export const sessionRecord = z.object({
  id,
  userId: id,
  username: z.string(),
  /** Where the login came from. */
  address: z.string(),
  userAgent: z.string(),
  createdAt: time,
  lastUsedAt: time,
  expiresAt: time,
});

export const sessions = defineResource({
  name: 'sessions',
  model: 'loginSession',
  include: { user: { select: { username: true } } },
  summary: 'Logins that are alive: your own, or everybody’s for who manages users. Deleting one logs it out at once.',
  record: sessionRecord,
  permissions: { read: null, write: null },
  restrict(principal, now) {
    const alive = { revokedAt: null, expiresAt: { gt: now } };
    if (principal.permissions.has('manage-users')) return alive;
    // A key has no login of its own; no row has this id.
    return { ...alive, userId: principal.userId ?? '00000000-0000-0000-0000-000000000000' };
  },
  defaultSort: ['lastUsedAt', 'DESC'],
  fields: {
    id: uuidField(),
    userId: uuidField(),
    username: textField({ path: ['user', 'username'] }),
    address: textField(),
    userAgent: textField({ sortable: false }),
    createdAt: dateField(),
    lastUsedAt: dateField(),
    expiresAt: dateField(),
  },
  search: [['address'], ['userAgent'], ['user', 'username']],
  guardDelete: () => undefined,
  erase: async (row, { db, now }) => void (await revokeFamily(db, row.id, now)),
  subject: ({ user }) => user.username,
  present: (row) => ({
    id: row.id,
    userId: row.userId,
    username: row.user.username,
    address: row.address,
    userAgent: row.userAgent,
    createdAt: row.createdAt.toISOString(),
    lastUsedAt: row.lastUsedAt.toISOString(),
    expiresAt: row.expiresAt.toISOString(),
  }),
});
