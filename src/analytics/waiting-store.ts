import type { Queries } from '../platform/database/client.ts';
import { Prisma } from '../platform/database/generated/client.ts';

/** More than this are not counted: whoever sees so many needs no exact number, and no count may grow with a table. */
const MOST_COUNTED = 100;

/** Where the rows are that wait for a person, by kind. The panel shows each at its place, with the list behind it. */
const SOURCES = {
  conversations: (of: Prisma.Sql) =>
    Prisma.sql`conversations WHERE ${of} AND needs_human AND status <> 'closed' AND snoozed_until IS NULL`,
  tickets: (of: Prisma.Sql) => Prisma.sql`tickets WHERE ${of} AND state = 'open'`,
  unknown_sends: (of: Prisma.Sql) =>
    Prisma.sql`outbound_messages WHERE ${of} AND state = 'unknown' AND settled_by = ''`,
  orders_to_price: (of: Prisma.Sql) => Prisma.sql`orders WHERE ${of} AND state = 'draft'`,
  orders_to_confirm: (of: Prisma.Sql) => Prisma.sql`orders WHERE ${of} AND state = 'placed'`,
  orders_to_ship: (of: Prisma.Sql) => Prisma.sql`orders WHERE ${of} AND state = 'confirmed'`,
  silent_customers: (of: Prisma.Sql) => Prisma.sql`follow_ups WHERE ${of} AND state = 'pending'`,
  products_without_price: (of: Prisma.Sql) => Prisma.sql`products WHERE ${of} AND price IS NULL AND removed_at IS NULL`,
  failed_sync: (of: Prisma.Sql) =>
    Prisma.sql`(SELECT state FROM sync_runs WHERE ${of} AND state IN ('done', 'partial', 'failed')
      ORDER BY created_at DESC LIMIT 1) newest WHERE state = 'failed'`,
  ill_accounts: (of: Prisma.Sql) => Prisma.sql`accounts WHERE ${of} AND status IN ('needs_reconnect', 'failing')`,
} as const;

export type WaitingKind = keyof typeof SOURCES;
export const WAITING_KINDS = Object.keys(SOURCES) as [WaitingKind, ...WaitingKind[]];

export interface WaitingCount {
  kind: WaitingKind;
  /** At most `MOST_COUNTED`. */
  count: number;
}

/** How much waits for a person of the business, of each kind; what there is nothing of is left out. */
export async function countWaiting(db: Queries, businessId: string): Promise<WaitingCount[]> {
  const of = Prisma.sql`business_id = ${businessId}::uuid`;
  const parts = WAITING_KINDS.map(
    (kind) =>
      Prisma.sql`SELECT ${kind}::text AS kind,
        (SELECT count(*)::int FROM (SELECT 1 FROM ${SOURCES[kind](of)} LIMIT ${MOST_COUNTED}) counted) AS count`,
  );
  const rows = await db.$queryRaw<WaitingCount[]>(Prisma.join(parts, ' UNION ALL '));
  return rows.filter(({ count }) => count > 0);
}
