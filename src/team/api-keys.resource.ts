import { z } from 'zod';
import { demandAll } from '../platform/auth/authenticate.ts';
import { PERMISSIONS } from '../platform/auth/permissions.ts';
import { createApiKey, hashToken } from '../platform/auth/tokens.ts';
import { dateField, textField, uuidField } from '../platform/http/resources/field.ts';
import { id, isoOrNull, nullableTime, plainText, time } from '../platform/http/resources/record-parts.ts';
import { defineResource } from '../platform/http/resources/resource.ts';

export const apiKeyRecord = z.object({
  id,
  name: z.string(),
  scopes: z.array(z.string()),
  lastFour: z.string(),
  lastUsedAt: nullableTime,
  expiresAt: nullableTime,
  revokedAt: nullableTime,
  /** Whether the person with whom it stops may still log in; true where it hangs on nobody. */
  ownerActive: z.boolean(),
  createdBy: z.string(),
  createdAt: time,
  updatedAt: time,
});

const name = plainText(100);
/** Null: until somebody revokes it. */
const expiresAt = z.iso
  .datetime({ offset: true })
  .transform((at) => new Date(at))
  .refine((at) => at.getTime() > Date.now(), 'Must lie in the future.')
  .nullable();
const scopes = z
  .array(z.enum(PERMISSIONS))
  .min(1)
  .max(PERMISSIONS.length)
  .transform((given) => [...new Set(given)]);

type Scopes = z.output<typeof scopes>;

export const apiKeys = defineResource({
  name: 'api-keys',
  model: 'apiKey',
  include: { owner: { select: { active: true } } },
  summary:
    'Keys for programs. A key is shown once, when it is made; only its hash is kept. It stops with the person who made it, and may never do more than they.',
  record: apiKeyRecord,
  permissions: { read: 'manage-api-keys', write: 'manage-api-keys' },
  defaultSort: ['createdAt', 'DESC'],
  fields: {
    id: uuidField(),
    name: textField(),
    lastFour: textField({ sortable: false }),
    createdBy: textField(),
    lastUsedAt: dateField({ nullable: true }),
    expiresAt: dateField({ nullable: true }),
    revokedAt: dateField({ nullable: true }),
    createdAt: dateField(),
    updatedAt: dateField(),
  },
  search: [['name']],
  create: {
    schema: z.strictObject({ name, scopes, expiresAt: expiresAt.optional() }),
    shownOnce: z.object({ key: z.string() }),
    toData(input, { principal, showOnce }) {
      demandAll(principal, input.scopes as Scopes);
      const key = createApiKey();
      showOnce({ key });
      return {
        ...input,
        keyHash: hashToken(key),
        lastFour: key.slice(-4),
        createdBy: principal.actor,
        ownerId: principal.ownerId,
      };
    },
  },
  update: {
    schema: z.object({ name, scopes, expiresAt }),
    toData(input, row, { principal }) {
      // Only what is added must be one's own: a narrower key is anybody's to make who manages keys.
      const added = ((input.scopes ?? []) as Scopes).filter((scope) => !row.scopes.includes(scope));
      demandAll(principal, added);
      return input;
    },
  },
  guardDelete: () => undefined,
  subject: ({ name }) => name,
  present: (row) => ({
    id: row.id,
    name: row.name,
    scopes: row.scopes,
    lastFour: row.lastFour,
    lastUsedAt: isoOrNull(row.lastUsedAt),
    expiresAt: isoOrNull(row.expiresAt),
    revokedAt: isoOrNull(row.revokedAt),
    ownerActive: row.owner?.active ?? true,
    createdBy: row.createdBy,
    createdAt: row.createdAt.toISOString(),
    updatedAt: row.updatedAt.toISOString(),
  }),
});
