import { uploadNameOf } from '../../text/upload-reference.ts';
import type { ErasureRule } from '../erasure/erasure.ts';

/** Files that were sent to a customer: retention removes those that nobody else refers to, from its next run on. */
export const uploadErasure: ErasureRule = {
  name: 'uploads',
  async forget(tx, { businessId, conversationIds }) {
    const rows = await tx.$queryRaw<{ url: string }[]>`
      SELECT DISTINCT content->>'url' AS url FROM outbound_messages
      WHERE conversation_id = ANY(${conversationIds}::uuid[]) AND content->>'url' LIKE 'upload:%'`;
    const names = rows.map(({ url }) => uploadNameOf(url)).filter((name) => name !== null);
    const ids = names.map((name) => name.slice(0, name.indexOf('.')));
    const { count } = await tx.upload.updateMany({
      where: { id: { in: ids }, businessId },
      data: { usedAt: new Date(0) },
    });
    return count;
  },
};
