import type { RetentionRule } from '../platform/database/retention-store.ts';

/** Bodies of webhooks as they came: for looking into faults, and full of what customers wrote. */
export const deliveryRetention: RetentionRule = {
  name: 'deliveries',
  days: 30,
  count: (db, before) => db.inboundDelivery.count({ where: { receivedAt: { lt: before } } }),
  remove: async (db, before) => (await db.inboundDelivery.deleteMany({ where: { receivedAt: { lt: before } } })).count,
};
