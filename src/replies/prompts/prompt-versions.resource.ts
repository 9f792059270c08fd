import { z } from 'zod';
import { EDITABLE_PROMPTS, findTemplateFault } from './prompt-template.ts';
import { findPromptVersion, nameNextVersion, PROMPT_VERSION_STATES } from './prompt-version-store.ts';
import { ConflictError, InvalidInputError } from '../../platform/errors.ts';
import { dateField, textField, uuidField, wordField } from '../../platform/http/resources/field.ts';
import { id, isoOrNull, nullableTime, optionalText, plainText, time } from '../../platform/http/resources/record-parts.ts';
import { defineResource } from '../../platform/http/resources/resource.ts';

const MAX_TEMPLATE = 20_000;

export const promptVersionRecord = z.object({
  id,
  name: z.string(),
  version: z.string(),
  fa: z.string(),
  en: z.string(),
  note: z.string(),
  state: z.enum(PROMPT_VERSION_STATES),
  createdBy: z.string(),
  publishedBy: z.string().nullable(),
  publishedAt: nullableTime,
  createdAt: time,
  updatedAt: time,
});

const note = optionalText(500);
const texts = { fa: plainText(MAX_TEMPLATE), en: plainText(MAX_TEMPLATE) };

/** Throws InvalidInputError, by language, when a template would leave answers without what they need. */
function checkTemplates(templates: { fa?: string; en?: string }): void {
  const faults = Object.entries(templates).flatMap(([language, template]) => {
    const fault = findTemplateFault(template);
    return fault ? [[language, fault]] : [];
  });
  if (faults.length > 0) throw new InvalidInputError('The prompt cannot be used so.', Object.fromEntries(faults));
}

export const promptVersions = defineResource({
  name: 'prompt-versions',
  model: 'promptVersion',
  summary: "The shop's own versions of a prompt. Drafts can be edited; what was published never is.",
  record: promptVersionRecord,
  permissions: { read: 'manage-prompts' },
  defaultSort: ['createdAt', 'DESC'],
  fields: {
    id: uuidField(),
    name: textField(),
    version: textField(),
    state: wordField(PROMPT_VERSION_STATES),
    note: textField(),
    createdBy: textField(),
    publishedAt: dateField({ nullable: true }),
    createdAt: dateField(),
    updatedAt: dateField(),
  },
  search: [['version'], ['note'], ['en'], ['fa']],
  create: {
    schema: z.strictObject({
      name: z.enum(EDITABLE_PROMPTS).default('reply'),
      /** The version that it was made of, a file's or one of the shop's own. */
      basedOn: z.string().regex(/^v\d{1,4}(\.\d{1,4})?$/, 'Must be a version, like v2.'),
      ...texts,
      note: note.default(''),
    }),
    async toData(input, { db, principal }) {
      const { basedOn, ...data } = input as { name: string; basedOn: string; fa: string; en: string; note: string };
      const { businessId, actor } = principal;
      if (!(await findPromptVersion(db, businessId, data.name, basedOn)))
        throw new InvalidInputError('There is no such version.', { basedOn: 'There is no such version.' });
      checkTemplates({ fa: data.fa, en: data.en });
      return { ...data, version: await nameNextVersion(db, businessId, data.name, basedOn), createdBy: actor };
    },
  },
  update: {
    schema: z.strictObject({ fa: texts.fa.optional(), en: texts.en.optional(), note: note.optional() }),
    toData(input, row) {
      if (row.state !== 'draft')
        throw new ConflictError('A version that was published is never edited; make a new one of it.');
      const { fa, en } = input as { fa?: string; en?: string };
      checkTemplates({ ...(fa === undefined ? {} : { fa }), ...(en === undefined ? {} : { en }) });
      return input;
    },
  },
  guardDelete(row) {
    if (row.state !== 'draft') throw new ConflictError('Decisions may name this version, so it stays.');
  },
  subject: ({ name, version }) => `${name} ${version}`,
  present: (row) => ({
    id: row.id,
    name: row.name,
    version: row.version,
    fa: row.fa,
    en: row.en,
    note: row.note,
    state: row.state as (typeof PROMPT_VERSION_STATES)[number],
    createdBy: row.createdBy,
    publishedBy: row.publishedBy,
    publishedAt: isoOrNull(row.publishedAt),
    createdAt: row.createdAt.toISOString(),
    updatedAt: row.updatedAt.toISOString(),
  }),
});
