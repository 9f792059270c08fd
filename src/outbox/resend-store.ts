import type { Queries } from '../platform/database/client.ts';

/** One row of a message that was sent again, with what we know of it. */
interface Try {
  id: string;
  state: string;
  /** It is the row in question, or that row was sent again for its sake. */
  isBefore: boolean;
}

/** Nobody has given up on it: it may still arrive, or has. */
const OPEN = ['planned', 'sending', 'sent'];

/**
 * Locks all tries of a message until the transaction ends, and tells them, oldest first. A message may be sent again more
 * than once, from any of its tries.
 */
async function lockTries(db: Queries, id: string): Promise<Try[]> {
  const [root] = await db.$queryRaw<{ id: string }[]>`
    WITH RECURSIVE up AS (
      SELECT id, resend_of_id FROM outbound_messages WHERE id = ${id}::uuid
      UNION ALL SELECT o.id, o.resend_of_id FROM outbound_messages o JOIN up ON o.id = up.resend_of_id
    ) SELECT id FROM up WHERE resend_of_id IS NULL`;
  if (!root) return [];
  await db.$queryRaw`SELECT id FROM outbound_messages WHERE id = ${root.id}::uuid FOR UPDATE`;
  return db.$queryRaw<Try[]>`
    WITH RECURSIVE up AS (
      SELECT id, resend_of_id FROM outbound_messages WHERE id = ${id}::uuid
      UNION ALL SELECT o.id, o.resend_of_id FROM outbound_messages o JOIN up ON o.id = up.resend_of_id
    ), tries AS (
      SELECT id, state, created_at FROM outbound_messages WHERE id = ${root.id}::uuid
      UNION ALL SELECT o.id, o.state, o.created_at FROM outbound_messages o JOIN tries t ON o.resend_of_id = t.id
    ) SELECT id, state, EXISTS (SELECT 1 FROM up WHERE up.id = tries.id) AS "isBefore" FROM tries ORDER BY created_at, id`;
}

/**
 * Locks an outbound row until the transaction ends, and tells whether it is already being sent again: another try is
 * planned, under way, sent, or itself unsettled. An unsettled one before this row was somebody's decision already.
 */
export async function lockForResend(db: Queries, id: string): Promise<{ hasOpenResend: boolean }> {
  const tries = await lockTries(db, id);
  const isOpen = ({ state, isBefore }: Try) => OPEN.includes(state) || (state === 'unknown' && !isBefore);
  return { hasOpenResend: tries.some((one) => one.id !== id && isOpen(one)) };
}

/**
 * The try of a message that stands for it: one that may arrive or has arrived, else the last, which may be sent again.
 * Locks them all until the transaction ends.
 */
export async function findStandingTry(
  db: Queries,
  id: string,
): Promise<{ id: string; state: string; isOver: boolean }> {
  const tries = await lockTries(db, id);
  const open = tries.findLast(({ state }) => OPEN.includes(state) || state === 'unknown');
  const standing = open ?? tries.at(-1) ?? { id, state: 'blocked' };
  return { id: standing.id, state: standing.state, isOver: open === undefined };
}
