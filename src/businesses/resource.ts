import { randomBytes } from 'node:crypto';
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

/** Also a setting of the business's own people. */
export const timeZone = z.string().max(100).refine(isTimeZone, 'Must be a time zone like Asia/Tehran.');

/** For the command line, where a business is named by it. */
const slug = z.string().regex(/^[a-z0-9](?:[a-z0-9-]{0,62}[a-z0-9])?$/, 'Small letters, digits and - only.');

/** Of a name in another script nothing may be left; the end keeps two shops of one name apart. */
function toSlug(name: string): string {
  const words = name.toLowerCase().match(/[a-z0-9]+/g) ?? ['shop'];
  return `${words.join('-').slice(0, 40)}-${randomBytes(3).toString('hex')}`;
}

export const businesses = defineResource({
  name: 'businesses',
  model: 'business',
  summary: 'The shop itself: its name, its words for the AI, its language and time zone.',
  record: businessRecord,
  permissions: { read: 'view-conversations', write: 'manage-settings', create: 'manage-installation' },
  installationReach: 'every-business',
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
  create: {
    schema: z.strictObject({
      name: plainText(200),
      slug: slug.optional(),
      language: z.enum(['fa', 'en']).default('fa'),
      timeZone: timeZone.default('Asia/Tehran'),
    }),
    toData: ({ slug: given, ...input }) => ({ ...input, slug: given ?? toSlug(input.name as string) }),
  },
  update: {
    schema: z.object({
      name: plainText(200),
      prompt: wholeText(20_000),
      language: z.enum(['fa', 'en']),
      timeZone,
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
