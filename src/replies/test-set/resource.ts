import { z } from 'zod';
import { InvalidInputError } from '../../platform/errors.ts';
import { dateField, textField, uuidField, wordField } from '../../platform/http/resources/field.ts';
import { id, nullableId, plainText, time } from '../../platform/http/resources/record-parts.ts';
import { type ChangeContext, defineResource } from '../../platform/http/resources/resource.ts';
import { MAX_SET_TURNS } from './format.ts';
import { ACTIONS, LANGUAGES, SAYINGS, TURN_KINDS } from './labels.ts';
import { countTurns } from './store.ts';

const productId = z.string().regex(/^[a-z0-9][a-z0-9-]{0,39}$/);
const phrases = z.array(plainText(2000)).max(40);
const productIds = z.array(productId).max(40);

/** A turn as rows and the API have it: every field there, and lists where a file may have one word. */
export const testTurn = z.strictObject({
  /** What the customer writes; several lines are several messages of one burst. */
  say: z.array(plainText(2000)).min(1).max(10),
  kind: z.enum(TURN_KINDS).default('several'),
  language: z.enum(LANGUAGES).optional(),
  says: z.array(z.enum(SAYINGS)).max(5).default([]),
  /** Each must be in the answer; of a list in the list, one. */
  must: z.array(phrases.min(1)).max(40).default([]),
  mustNot: phrases.default([]),
  products: productIds.default([]),
  oneOf: productIds.default([]),
  notProducts: productIds.default([]),
  prices: productIds.default([]),
  action: z.array(z.enum(ACTIONS)).min(1).max(7).default(['answer']),
});
export type TestTurn = z.output<typeof testTurn>;

const testProduct = z.strictObject({ id: productId, title: plainText(2000), called: phrases.default([]) });
const turns = z.array(testTurn).min(1).max(20);
const products = z.array(testProduct).max(100);

export const testConversationRecord = z.object({
  id,
  name: z.string(),
  language: z.enum(LANGUAGES),
  turns: z.array(testTurn),
  products: z.array(testProduct),
  conversationId: nullableId,
  createdAt: time,
  updatedAt: time,
});

interface Given {
  turns: TestTurn[];
  conversationId?: string | null;
}

/** Throws InvalidInputError when the set would become too long, or the words are of a conversation that is not the shop's. */
async function checkSet({ db, businessId }: ChangeContext, { turns: given, conversationId }: Given, before: number) {
  const total = (await countTurns(db, businessId)) - before + given.length;
  if (total > MAX_SET_TURNS) throw new InvalidInputError(tooLong(total), { turns: tooLong(total) });
  if (!conversationId || (await db.conversation.count({ where: { id: conversationId, businessId } })) === 1) return;
  throw new InvalidInputError('There is no conversation of that id here.', { conversationId: 'Not found.' });
}

export const tooLong = (total: number): string =>
  `A test set has at most ${MAX_SET_TURNS} turns; this would be ${total}.`;

export const testConversations = defineResource({
  name: 'test-conversations',
  model: 'testConversation',
  summary: 'Conversations whose answers must stay right: the test set of the shop.',
  record: testConversationRecord,
  permissions: { read: 'view-messages', write: 'manage-faqs' },
  defaultSort: ['createdAt', 'ASC'],
  fields: {
    id: uuidField(),
    name: textField(),
    language: wordField(LANGUAGES),
    conversationId: uuidField({ nullable: true }),
    createdAt: dateField(),
    updatedAt: dateField(),
  },
  search: [['name']],
  create: {
    schema: z.strictObject({
      name: plainText(200),
      language: z.enum(LANGUAGES).default('fa'),
      turns,
      products: products.default([]),
      conversationId: z.uuid().nullable().optional(),
    }),
    toData: async (input, context) => {
      await checkSet(context, input as unknown as Given, 0);
      return input;
    },
  },
  update: {
    schema: z.object({ name: plainText(200), language: z.enum(LANGUAGES), turns, products }),
    toData: async (input, row, context) => {
      const given = input as Partial<Given>;
      if (given.turns) await checkSet(context, { turns: given.turns }, (row.turns as unknown[]).length);
      return input;
    },
  },
  guardDelete: () => undefined,
  subject: ({ conversationId, name }) => (conversationId ? '' : name),
  present: (row) => ({
    id: row.id,
    name: row.name,
    language: row.language as (typeof LANGUAGES)[number],
    turns: row.turns as TestTurn[],
    products: row.products as z.output<typeof testProduct>[],
    conversationId: row.conversationId,
    createdAt: row.createdAt.toISOString(),
    updatedAt: row.updatedAt.toISOString(),
  }),
});
