import { z } from 'zod';
import { booleanField, dateField, textField, uuidField } from '../platform/http/resources/field.ts';
import { id, plainText, time, wholeText } from '../platform/http/resources/record-parts.ts';
import { defineResource } from '../platform/http/resources/resource.ts';

export const businessRecord = z.object({
  id,
  name: z.string(),
  slug: z.string(),
  prompt: z.string(),
  language: z.string(),
  timeZone: z.string(),
  aiEnabled: z.boolean(),
  /** New tickets are given to the people of the shop in turn. */
  assignTickets: z.boolean(),
  createdAt: time,
  updatedAt: time,
});

function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return true;
  } catch {
    return false;
  }
}

export const businesses = defineResource({
  name: 'businesses',
  model: 'business',
  summary: 'The shop itself: its name, its words for the AI, its language and time zone.',
  record: businessRecord,
  permissions: { read: 'view-conversations', write: 'manage-settings' },
  defaultSort: ['name', 'ASC'],
  fields: {
    id: uuidField(),
    name: textField(),
    slug: textField(),
    language: textField(),
    aiEnabled: booleanField(),
    createdAt: dateField(),
    updatedAt: dateField(),
  },
  search: [['name'], ['slug']],
  update: {
    schema: z.object({
      name: plainText(200),
      prompt: wholeText(20_000),
      language: z.enum(['fa', 'en']),
      timeZone: z.string().max(100).refine(isTimeZone, 'Must be a time zone like Asia/Tehran.'),
      aiEnabled: z.boolean(),
      assignTickets: z.boolean(),
    }),
  },
  subject: ({ name }) => name,
  present: (row) => ({
    id: row.id,
    name: row.name,
    slug: row.slug,
    prompt: row.prompt,
    language: row.language,
    timeZone: row.timeZone,
    aiEnabled: row.aiEnabled,
    assignTickets: row.assignTickets,
    createdAt: row.createdAt.toISOString(),
    updatedAt: row.updatedAt.toISOString(),
  }),
});
