import type { Queries } from '../platform/database/client.ts';

/** A turn in which a customer asked for a product, or was shown it as something near. */
export interface ProductAsking {
  decisionId: string;
  conversationId: string;
  /** The customer's name, else the channel's id of them. */
  contactName: string;
  /** What was looked for, in matching form. */
  words: string;
  outcome: string;
  createdAt: Date;
}

const FOUND = ['good', 'near'];

/**
 * Who asked for a product since a time, newest first, and how often in all. The time keeps it cheap: only requests since
 * then are looked through.
 */
export async function findAskings(
  db: Queries,
  { businessId, productId, since, limit }: { businessId: string; productId: string; since: Date; limit: number },
): Promise<{ total: number; askings: ProductAsking[] }> {
  const where = {
    businessId,
    outcome: { in: FOUND },
    createdAt: { gte: since },
    productIds: { has: productId },
  };
  const total = await db.productRequest.count({ where });
  const rows = await db.productRequest.findMany({
    where,
    orderBy: [{ createdAt: 'desc' }, { id: 'desc' }],
    take: limit,
    include: { conversation: { select: { contact: { select: { name: true, externalId: true } } } } },
  });
  const askings = rows.map(({ decisionId, conversationId, words, outcome, createdAt, conversation: { contact } }) => ({
    decisionId,
    conversationId,
    contactName: contact.name || contact.externalId,
    words,
    outcome,
    createdAt,
  }));
  return { total, askings };
}
