import { z } from 'zod';
import { dateField, textField, uuidField, wordField } from './field.ts';
import { CHANNELS, id, time } from './record-parts.ts';
import { defineResource } from './resource.ts';

export const accountRecord = z.object({
  id,
  channel: z.string(),
  externalId: z.string(),
  name: z.string(),
  status: z.string(),
  statusNote: z.string(),
  createdAt: time,
  updatedAt: time,
});

export const accounts = defineResource({
  name: 'accounts',
  model: 'account',
  summary: "The shop's own accounts on the channels.",
  record: accountRecord,
  permissions: { read: 'view-conversations' },
  defaultSort: ['createdAt', 'DESC'],
  fields: {
    id: uuidField(),
    channel: wordField(CHANNELS),
    externalId: textField(),
    name: textField(),
    status: wordField(['active', 'needs_reconnect', 'removed']),
    createdAt: dateField(),
    updatedAt: dateField(),
  },
  search: [['name'], ['externalId']],
  present: (row) => ({
    id: row.id,
    channel: row.channel,
    externalId: row.externalId,
    name: row.name,
    status: row.status,
    statusNote: row.statusNote,
    createdAt: row.createdAt.toISOString(),
    updatedAt: row.updatedAt.toISOString(),
  }),
});
