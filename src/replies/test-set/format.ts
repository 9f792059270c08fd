import { z } from 'zod';
import { CURRENCY_CODES } from '../../text/money.ts';
import { ACTIONS, LANGUAGES, SAYINGS, SHOP_KINDS, TURN_KINDS } from './labels.ts';

/** The file of a shop and its labelled conversations, as tests/answers/README.md describes it; a shop's own test set is the same without the shop. */

const words = z.string().trim().min(1).max(2000);
const word = z.union([words, z.number()]).transform(String);
const id = z
  .string()
  .regex(/^[a-z0-9][a-z0-9-]{0,39}$/, 'Must be a short word of small Latin letters, digits and hyphens.');
const price = z.number().min(0).max(1e13);
const oneOrMore = <Of extends z.ZodType>(of: Of) =>
  z.union([of.transform((one) => [one]), z.array(of).min(1)]) as unknown as z.ZodType<z.output<Of>[]>;
const options = z
  .record(z.string().min(1), word)
  .refine((record) => Object.keys(record).length > 0, 'Must name a size, a colour or another option.');

const variant = z.strictObject({
  options,
  price: price.optional(),
  available: z.boolean().default(true),
});

const product = z.strictObject({
  id,
  title: words,
  /** Other names of it that count when an answer is looked through. */
  called: z.array(words).default([]),
  brand: z.string().default(''),
  category: oneOrMore(words).default([]),
  description: z.string().default(''),
  /** In whole units of the shop's currency; absent: the shop states none. */
  price: price.optional(),
  oldPrice: price.optional(),
  available: z.boolean().nullable().default(true),
  attributes: z.record(z.string().min(1), oneOrMore(word)).default({}),
  /** Every combination of these is a variant, but for those of `soldOut`. */
  options: z.record(z.string().min(1), z.array(word).min(1)).optional(),
  soldOut: z.array(options).default([]),
  /** Instead of `options`, where variants have prices of their own. */
  variants: z.array(variant).default([]),
});

const openingHours = z.strictObject({
  weekday: z.int().min(0).max(6),
  from: z.string().regex(/^\d\d:\d\d$/),
  to: z.string().regex(/^\d\d:\d\d$/),
});

const turn = z.strictObject({
  /** What the customer writes; several lines are several messages of one burst. */
  say: oneOrMore(words),
  kind: z.enum(TURN_KINDS),
  language: z.enum(LANGUAGES).optional(),
  /** What the answer amounts to, in whatever words. */
  says: oneOrMore(z.enum(SAYINGS)).default([]),
  /** Each must be in the answer; of a list in the list, one. */
  must: z.array(oneOrMore(word)).default([]),
  mustNot: z.array(word).default([]),
  /** Products that the answer must name, and such as it must not. */
  products: oneOrMore(id).default([]),
  oneOf: z.array(id).default([]),
  notProducts: z.array(id).default([]),
  /** Products whose price the answer must state. */
  prices: oneOrMore(id).default([]),
  action: oneOrMore(z.enum(ACTIONS)).default(['answer']),
});

/** Where a turn names products by the ids of its file. */
export const PRODUCT_FIELDS = ['products', 'oneOf', 'notProducts', 'prices'] as const;

const conversation = z.strictObject({
  /** For reports; absent: the customer's first words. */
  name: words.optional(),
  language: z.enum(LANGUAGES),
  turns: z.array(turn).min(1).max(20),
});

export const shopFile = z
  .strictObject({
    shop: z.strictObject({
      name: words,
      kind: z.enum(SHOP_KINDS),
      language: z.enum(['fa', 'en']),
      currency: z.enum(CURRENCY_CODES as [string, ...string[]]),
      hours: z.array(openingHours).optional(),
    }),
    products: z.array(product).min(1),
    answers: z
      .array(z.strictObject({ question: words, answer: words, language: z.enum(['fa', 'en']).optional() }))
      .default([]),
    conversations: z.array(conversation).min(1),
  })
  .superRefine((file, context) => {
    const fault = (path: (string | number)[], message: string) => context.addIssue({ code: 'custom', path, message });
    const known = new Set<string>();
    for (const [at, product] of file.products.entries()) {
      if (known.has(product.id)) fault(['products', at, 'id'], `There are two products "${product.id}".`);
      known.add(product.id);
      if (product.options && product.variants.length > 0)
        fault(['products', at, 'variants'], 'Give either options or variants.');
      for (const [place, soldOut] of product.soldOut.entries())
        for (const [name, value] of Object.entries(soldOut))
          if (!product.options?.[name]?.includes(value))
            fault(['products', at, 'soldOut', place, name], `"${value}" is no ${name} of the options.`);
    }
    for (const [at, { turns }] of file.conversations.entries())
      for (const [place, turn] of turns.entries()) {
        const path = ['conversations', at, 'turns', place];
        for (const field of PRODUCT_FIELDS)
          for (const named of turn[field])
            if (!known.has(named)) fault([...path, field], `There is no product "${named}".`);
        for (const named of [...turn.products, ...turn.oneOf])
          if (turn.notProducts.includes(named))
            fault([...path, 'notProducts'], `"${named}" cannot be asked for and forbidden at once.`);
        if (turn.says.includes('yes') && turn.says.includes('no'))
          fault([...path, 'says'], 'An answer cannot be yes and no at once.');
      }
  });

/** More than this is no set that somebody looks at; and each run of it takes its time. */
export const MAX_SET_TURNS = 500;

/** A product that turns name: what it is called in the catalog, and otherwise. */
const namedProduct = z.object({ id, title: words, called: z.array(words).default([]) });

/** In a set of the shop's own nobody need say what kind of question it is, nor in what language. */
const ownTurn = turn.extend({ kind: z.enum(TURN_KINDS).default('several') });
export const ownConversation = z.strictObject({
  name: words.optional(),
  language: z.enum(LANGUAGES).optional(),
  turns: z.array(ownTurn).min(1).max(20),
});

/** The shop's own test set. A whole file of a shop is one as well: its products and answers are the catalog's and the panel's. */
export const testSetFile = z
  .object({ products: z.array(namedProduct).default([]), conversations: z.array(ownConversation).min(1) })
  .superRefine(({ products, conversations }, context) => {
    const known = new Set(products.map((named) => named.id));
    const total = conversations.reduce((sum, { turns }) => sum + turns.length, 0);
    if (total > MAX_SET_TURNS)
      context.addIssue({
        code: 'custom',
        path: ['conversations'],
        message: `A test set has at most ${MAX_SET_TURNS} turns; this one has ${total}.`,
      });
    for (const [at, { turns }] of conversations.entries())
      for (const [place, one] of turns.entries())
        for (const field of PRODUCT_FIELDS)
          for (const named of one[field])
            if (!known.has(named))
              context.addIssue({
                code: 'custom',
                path: ['conversations', at, 'turns', place, field],
                message: `There is no product "${named}" among the products of this file.`,
              });
  });

export type TestSetFile = z.output<typeof testSetFile>;
export type ShopFile = z.output<typeof shopFile>;
/** What answers are judged by: what the shop says of itself. */
export type StatedShop = Pick<ShopFile, 'products' | 'answers'> & { shop: Pick<ShopFile['shop'], 'name'> };
export type LabelledProduct = ShopFile['products'][number];
export type LabelledTurn = ShopFile['conversations'][number]['turns'][number];
