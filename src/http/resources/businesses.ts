import { z } from 'zod';
import { booleanField, dateField, textField, uuidField } from './field.ts';
import { id, time } from './record-parts.ts';
import { defineResource } from './resource.ts';

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

const withoutNul = (value: string) => !value.includes('\0');

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
      name: z.string().trim().min(1).max(200).refine(withoutNul),
      prompt: z.string().max(20_000).refine(withoutNul),
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
