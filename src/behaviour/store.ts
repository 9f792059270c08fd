import type { Queries } from '../platform/database/client.ts';
import { Prisma } from '../platform/database/generated/client.ts';
import type { ConversationOwner, TurnLesson } from '../replies/stage.ts';
import { type BehaviourCounts, readTraits, type Trait } from './rules.ts';

/** A question about many products tells of no taste; the first few are what was meant. */
const MAX_PRODUCTS = 3;

/** Adds one turn to the profile of the conversation's customer, in one statement. Give it the decision's transaction. */
export async function learnFromTurn(
  tx: Queries,
  owner: ConversationOwner,
  { intents, products }: TurnLesson,
): Promise<void> {
  const meant = products.slice(0, MAX_PRODUCTS);
  const once = (words: readonly string[]) =>
    JSON.stringify(Object.fromEntries([...new Set(words.filter(Boolean))].map((word) => [word, 1])));
  const currency = meant[0]?.price?.currency ?? '';
  const prices = meant.flatMap((product) => (product.price?.currency === currency ? [product.price.amount] : []));
  const sum = prices.reduce((total, amount) => total + amount, 0n);
  await tx.$executeRaw`
    INSERT INTO behaviour_profiles AS p (business_id, contact_id, turns, intents, categories, brands, purchase_signals,
      price_currency, price_sum, price_count)
    SELECT c.business_id, c.contact_id, 1, ${once(intents)}::jsonb, ${once(meant.flatMap((product) => product.categories))}::jsonb,
      ${once(meant.map((product) => product.brand))}::jsonb, ${intents.includes('order') ? 1 : 0}::int, ${currency}, ${sum}::bigint,
      ${prices.length}::int
    FROM conversations c WHERE c.id = ${owner.conversationId}::uuid AND c.business_id = ${owner.businessId}::uuid
    ON CONFLICT (contact_id) DO UPDATE SET turns = p.turns + 1, intents = ${added('intents')}, categories = ${added('categories')},
      brands = ${added('brands')}, purchase_signals = p.purchase_signals + excluded.purchase_signals,
      price_currency = CASE WHEN excluded.price_count > 0 THEN excluded.price_currency ELSE p.price_currency END,
      price_sum = CASE WHEN p.price_currency IN ('', excluded.price_currency) OR excluded.price_count = 0
        THEN p.price_sum + excluded.price_sum ELSE excluded.price_sum END,
      price_count = CASE WHEN p.price_currency IN ('', excluded.price_currency) OR excluded.price_count = 0
        THEN p.price_count + excluded.price_count ELSE excluded.price_count END,
      updated_at = now()`;
}

/** Two tables of counts as one. */
function added(column: 'intents' | 'categories' | 'brands'): Prisma.Sql {
  const own = Prisma.raw(`p.${column}`);
  const more = Prisma.raw(`excluded.${column}`);
  return Prisma.sql`(SELECT coalesce(jsonb_object_agg(k, coalesce((${own}->>k)::int, 0) + coalesce((${more}->>k)::int, 0)), '{}')
    FROM jsonb_object_keys(${own} || ${more}) AS k)`;
}

export interface BehaviourProfile extends BehaviourCounts {
  traits: Trait[];
}

/** A customer's profile with what it supports; null when nothing was learnt yet. */
export async function findProfile(
  db: Queries,
  businessId: string,
  contactId: string,
): Promise<BehaviourProfile | null> {
  const row = await db.behaviourProfile.findFirst({ where: { businessId, contactId } });
  if (!row) return null;
  const counts = {
    turns: row.turns,
    intents: row.intents as Record<string, number>,
    categories: row.categories as Record<string, number>,
    brands: row.brands as Record<string, number>,
    purchaseSignals: row.purchaseSignals,
  };
  return { ...counts, traits: readTraits(counts) };
}
