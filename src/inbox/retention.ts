import type { RetentionRule } from '../platform/database/retention-store.ts';

/**
 * Bodies of webhooks as they came: for looking into faults, and full of what customers wrote. One that still waits to be sorted
 * stays. They are found by business, because that is what their index begins with.
 */
export const deliveryRetention: RetentionRule = {
  name: 'deliveries',
  days: 30,
  count: (db, before) =>
    db.inboundDelivery.count({ where: { receivedAt: { lt: before }, state: { not: 'received' } } }),
  remove: (db, before, atMost) => db.$executeRaw`
    DELETE FROM inbound_deliveries WHERE ctid = ANY(ARRAY(
      SELECT d.ctid FROM businesses b CROSS JOIN LATERAL (
        SELECT ctid FROM inbound_deliveries
        WHERE business_id = b.id AND received_at < ${before} AND state <> 'received' LIMIT ${atMost}) d
      UNION ALL
      SELECT ctid FROM inbound_deliveries WHERE business_id IS NULL AND received_at < ${before} AND state <> 'received'
      LIMIT ${atMost}))`,
};
