import type { Queries } from './client.ts';

/**
 * Locks an outbound row until the transaction ends, and tells whether it is already being sent again: another copy is
 * planned, under way, sent, or itself unsettled.
 */
export async function lockForResend(db: Queries, id: string): Promise<{ hasOpenResend: boolean }> {
  await db.$queryRaw`SELECT id FROM outbound_messages WHERE id = ${id}::uuid FOR UPDATE`;
  const open = await db.outboundMessage.findFirst({
    where: { resendOfId: id, state: { in: ['planned', 'sending', 'sent', 'unknown'] } },
    select: { id: true },
  });
  return { hasOpenResend: open !== null };
}
