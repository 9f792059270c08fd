import { z } from 'zod';
import { dateField, textField, uuidField, wordField } from '../platform/http/resources/field.ts';
import { id, plainText, time } from '../platform/http/resources/record-parts.ts';
import { defineResource } from '../platform/http/resources/resource.ts';

const LANGUAGES = ['fa', 'en'] as const;

export const faqRecord = z.object({
  id,
  language: z.string(),
  question: z.string(),
  answer: z.string(),
  createdAt: time,
  updatedAt: time,
});

export const faqs = defineResource({
  name: 'faqs',
  model: 'faq',
  summary: "Questions and the shop's own answers.",
  record: faqRecord,
  permissions: { read: 'view-conversations', write: 'manage-faqs' },
  defaultSort: ['createdAt', 'DESC'],
  fields: {
    id: uuidField(),
    language: wordField(LANGUAGES),
    question: textField(),
    answer: textField({ sortable: false }),
    createdAt: dateField(),
    updatedAt: dateField(),
  },
  search: [['question'], ['answer']],
  create: {
    schema: z.strictObject({
      language: z.enum(LANGUAGES).default('fa'),
      question: plainText(500),
      answer: plainText(4000),
    }),
    toData: (input) => input,
  },
  update: { schema: z.object({ language: z.enum(LANGUAGES), question: plainText(500), answer: plainText(4000) }) },
  guardDelete: () => undefined,
  subject: ({ question }) => question,
  present: (row) => ({
    id: row.id,
    language: row.language,
    question: row.question,
    answer: row.answer,
    createdAt: row.createdAt.toISOString(),
    updatedAt: row.updatedAt.toISOString(),
  }),
});
