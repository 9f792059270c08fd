import { z } from 'zod';
import { defineAction } from '../platform/http/actions/action.ts';
import { findOwned } from '../platform/http/actions/find-owned.ts';
import { id, time } from '../platform/http/resources/record-parts.ts';
import { findAskings } from './product-request-store.ts';

const DAYS = 90;
const DAY_MS = 86_400_000;
const MOST = 20;

export const askingsAnswer = z.object({
  days: z.int(),
  total: z.int(),
  askings: z.array(
    z.object({
      decisionId: id,
      conversationId: id,
      contactName: z.string(),
      /** What was looked for. */
      words: z.string(),
      /** good: it was what they meant; near: it was shown as something like it. */
      outcome: z.enum(['good', 'near']),
      askedAt: time,
    }),
  ),
});

export const productAskings = defineAction({
  method: 'get',
  path: '/api/products/:id/askings',
  summary: `Where customers asked for a product in the last ${DAYS} days: the newest ${MOST}, and how many in all.`,
  permission: 'view-messages',
  status: 200,
  response: askingsAnswer,
  async run({ deps, principal, id: productId }) {
    const { id: known, businessId } = await findOwned(deps, 'product', principal, productId);
    const since = new Date(deps.clock() - DAYS * DAY_MS);
    const { total, askings } = await findAskings(deps.db, { businessId, productId: known, since, limit: MOST });
    return {
      days: DAYS,
      total,
      askings: askings.map(({ createdAt, ...asking }) => ({ ...asking, askedAt: createdAt.toISOString() })),
    };
  },
});
