import { z } from 'zod';
import { PROMPT_KINDS } from './prompt-file-store.ts';
import { booleanField, dateField, textField, uuidField, wordField } from '../../platform/http/resources/field.ts';
import { id, time } from '../../platform/http/resources/record-parts.ts';
import { defineResource } from '../../platform/http/resources/resource.ts';

export const promptRecord = z.object({
  id,
  name: z.string(),
  version: z.string(),
  /** `fa`, `en`, or `*` for what is the same in all. */
  language: z.string(),
  kind: z.enum(PROMPT_KINDS),
  body: z.string(),
  checksum: z.string(),
  isCurrent: z.boolean(),
  createdAt: time,
  updatedAt: time,
});

export const prompts = defineResource({
  name: 'prompts',
  model: 'promptFile',
  summary: 'The prompts of this release, every version. Decisions name the one that they were made with.',
  record: promptRecord,
  permissions: { read: 'manage-prompts' },
  defaultSort: ['name', 'ASC'],
  fields: {
    id: uuidField(),
    name: textField(),
    version: textField(),
    language: wordField(['fa', 'en', '*']),
    kind: wordField(PROMPT_KINDS),
    body: textField({ sortable: false }),
    checksum: textField(),
    isCurrent: booleanField(),
    createdAt: dateField(),
    updatedAt: dateField(),
  },
  search: [['name'], ['body']],
  present: (row) => ({
    id: row.id,
    name: row.name,
    version: row.version,
    language: row.language,
    kind: row.kind as (typeof PROMPT_KINDS)[number],
    body: row.body,
    checksum: row.checksum,
    isCurrent: row.isCurrent,
    createdAt: row.createdAt.toISOString(),
    updatedAt: row.updatedAt.toISOString(),
  }),
});
