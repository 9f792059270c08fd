import { z } from 'zod';
import { dateField, textField, uuidField, wordField } from '../platform/http/resources/field.ts';
import { id, plainText, time } from '../platform/http/resources/record-parts.ts';
import { defineResource } from '../platform/http/resources/resource.ts';

const LANGUAGES = ['fa', 'en'] as const;

export const cannedReplyRecord = z.object({
  id,
  shortcut: z.string(),
  language: z.string(),
  text: z.string(),
  createdAt: time,
  updatedAt: time,
});

// Written as ranges: what \p{L} holds differs by the age of whoever reads the document. Latin with accents, and the
// Arabic script with its marks and digits.
const shortcut = z
  .string()
  .regex(/^[A-Za-z0-9_\u00c0-\u024f\u0610-\u061a\u0620-\u0669\u066e-\u06d3\u06f0-\u06ff\u200c-]{1,40}$/, {
    error: 'One word of Latin or Persian letters, digits, - and _.',
  });

export const cannedReplies = defineResource({
  name: 'canned-replies',
  model: 'cannedReply',
  summary: 'Texts that people put into their answers by a shortcut.',
  record: cannedReplyRecord,
  permissions: { read: 'view-conversations', write: 'manage-conversations' },
  defaultSort: ['shortcut', 'ASC'],
  fields: {
    id: uuidField(),
    shortcut: textField(),
    language: wordField(LANGUAGES),
    text: textField({ sortable: false }),
    createdAt: dateField(),
    updatedAt: dateField(),
  },
  search: [['shortcut'], ['text']],
  create: {
    schema: z.strictObject({ shortcut, language: z.enum(LANGUAGES).default('fa'), text: plainText(4000) }),
    toData: (input) => input,
  },
  update: { schema: z.object({ shortcut, language: z.enum(LANGUAGES), text: plainText(4000) }) },
  guardDelete: () => undefined,
  subject: ({ shortcut }) => shortcut,
  present: (row) => ({
    id: row.id,
    shortcut: row.shortcut,
    language: row.language,
    text: row.text,
    createdAt: row.createdAt.toISOString(),
    updatedAt: row.updatedAt.toISOString(),
  }),
});
