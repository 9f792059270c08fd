import { z } from 'zod';
import { InvalidInputError } from '../platform/errors.ts';
import { dateField, textField, uuidField } from '../platform/http/resources/field.ts';
import { id, plainText, time } from '../platform/http/resources/record-parts.ts';
import { defineResource } from '../platform/http/resources/resource.ts';

/** No row has this id: what a key, which is nobody, has of its own. */
const NOBODY = '00000000-0000-0000-0000-000000000000';
const MAX_FILTER_CHARACTERS = 4000;

export const savedFilterRecord = z.object({
  id,
  resource: z.string(),
  name: z.string(),
  filter: z.unknown(),
  createdAt: time,
  updatedAt: time,
});

const filter = z
  .record(z.string().max(100), z.unknown())
  .refine((value) => JSON.stringify(value).length <= MAX_FILTER_CHARACTERS, 'Is too long.');
const resource = z.string().regex(/^[a-z-]{1,50}$/);

export const savedFilters = defineResource({
  name: 'saved-filters',
  model: 'savedFilter',
  summary: "Your own filters of lists. Nobody else's are there.",
  record: savedFilterRecord,
  permissions: { read: null, write: null },
  restrict: ({ userId }) => ({ userId: userId ?? NOBODY }),
  defaultSort: ['name', 'ASC'],
  fields: {
    id: uuidField(),
    resource: textField(),
    name: textField(),
    createdAt: dateField(),
    updatedAt: dateField(),
  },
  search: [['name']],
  create: {
    schema: z.strictObject({ resource: resource.default('conversations'), name: plainText(60), filter }),
    toData(input, { principal }) {
      if (principal.userId === null) throw new InvalidInputError('Only people keep filters; a key has none.');
      return { ...input, userId: principal.userId };
    },
  },
  update: { schema: z.object({ name: plainText(60), filter }) },
  guardDelete: () => undefined,
  subject: ({ name }) => name,
  present: (row) => ({
    id: row.id,
    resource: row.resource,
    name: row.name,
    filter: row.filter,
    createdAt: row.createdAt.toISOString(),
    updatedAt: row.updatedAt.toISOString(),
  }),
});
