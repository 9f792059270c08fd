import { z } from 'zod';
import { ConflictError } from '../platform/errors.ts';
import { booleanField, dateField, textField, uuidField, wordField } from '../platform/http/resources/field.ts';
import { id, isoOrNull, nullableTime, time } from '../platform/http/resources/record-parts.ts';
import { defineResource } from '../platform/http/resources/resource.ts';
import { CURRENCY_CODES, type Currency } from '../text/money.ts';

const KINDS = ['torob', 'sitemap'] as const;
const currency = z.enum(CURRENCY_CODES as [Currency, ...Currency[]]);

/** What is no address at all is refused for that. */
function namesNobody(text: string): boolean {
  const url = URL.parse(text);
  return !url || (url.username === '' && url.password === '');
}

const address = z
  .url({ protocol: /^https?$/ })
  .max(1500)
  .refine(namesNobody, 'Must not hold a name or password.');

export const catalogSourceRecord = z.object({
  id,
  kind: z.enum(KINDS),
  url: z.string(),
  enabled: z.boolean(),
  readPages: z.boolean(),
  currency,
  /** Named by the environment, so it cannot be deleted here. */
  fromSettings: z.boolean(),
  listedCount: z.int(),
  listedAt: nullableTime,
  createdAt: time,
  updatedAt: time,
});

export const catalogSources = defineResource({
  name: 'catalog-sources',
  model: 'catalogSource',
  summary: 'Where products come from: feeds and sitemaps that are read again and again.',
  record: catalogSourceRecord,
  permissions: { read: 'view-conversations', write: 'manage-products' },
  defaultSort: ['createdAt', 'ASC'],
  fields: {
    id: uuidField(),
    kind: wordField(KINDS),
    url: textField(),
    enabled: booleanField(),
    fromSettings: booleanField(),
    listedAt: dateField({ nullable: true }),
    createdAt: dateField(),
    updatedAt: dateField(),
  },
  search: [['url']],
  create: {
    schema: z.strictObject({
      kind: z.enum(KINDS),
      url: address,
      enabled: z.boolean().default(true),
      readPages: z.boolean().default(true),
      currency: currency.default('IRT'),
    }),
    toData: (input) => input,
  },
  update: { schema: z.object({ enabled: z.boolean(), readPages: z.boolean(), currency }) },
  guardDelete: (row) => {
    if (row.fromSettings) throw new ConflictError('This source is named by the settings of the server; switch it off.');
  },
  subject: ({ url }) => url,
  present: (row) => {
    const { businessId: _, etag: __, lastModified: ___, ...shown } = row;
    return {
      ...shown,
      kind: row.kind as (typeof KINDS)[number],
      currency: row.currency as Currency,
      listedAt: isoOrNull(row.listedAt),
      createdAt: row.createdAt.toISOString(),
      updatedAt: row.updatedAt.toISOString(),
    };
  },
});
