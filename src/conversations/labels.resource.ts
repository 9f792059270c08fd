import { z } from 'zod';
import { dateField, textField, uuidField } from '../platform/http/resources/field.ts';
import { id, plainText, time } from '../platform/http/resources/record-parts.ts';
import { defineResource } from '../platform/http/resources/resource.ts';

export const labelRecord = z.object({ id, name: z.string(), color: z.string(), createdAt: time, updatedAt: time });

const name = plainText(50);
const color = z
  .string()
  .regex(/^#[0-9a-f]{6}$/i, 'Must be like #1e88e5.')
  .toLowerCase();

const toData = ({ color, ...rest }: Record<string, unknown>) => ({
  ...rest,
  ...(color === undefined ? {} : { colour: color }),
});

export const labels = defineResource({
  name: 'labels',
  model: 'label',
  summary: 'Words of the shop by which conversations are sorted.',
  record: labelRecord,
  permissions: { read: 'view-conversations', write: 'manage-conversations' },
  defaultSort: ['name', 'ASC'],
  fields: { id: uuidField(), name: textField(), createdAt: dateField(), updatedAt: dateField() },
  search: [['name']],
  create: { schema: z.strictObject({ name, color: color.default('#64748b') }), toData },
  update: { schema: z.object({ name, color }), toData: (input) => toData(input) },
  guardDelete: () => undefined,
  subject: ({ name }) => name,
  present: (row) => ({
    id: row.id,
    name: row.name,
    color: row.colour,
    createdAt: row.createdAt.toISOString(),
    updatedAt: row.updatedAt.toISOString(),
  }),
});
