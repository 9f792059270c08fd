import type { Queries } from '../platform/database/client.ts';
import type { ErasedContact, ErasureRule } from '../platform/erasure/erasure.ts';
import { UUID_PATTERN } from '../platform/http/resources/field.ts';

/** The contact and its conversations, with everything that hangs on them. The last of all rules. */
export const contactErasure: ErasureRule = {
  name: 'contacts',
  async forget(tx, { contactId, conversationIds }) {
    await tx.conversation.deleteMany({ where: { id: { in: conversationIds } } });
    return (await tx.contact.deleteMany({ where: { id: contactId } })).count;
  },
};

/** A contact that somebody may mean, with what its runs are called by. */
export interface FoundContact extends ErasedContact {
  accountId: string;
  channel: string;
}

/** Fewer could be the end of somebody else's number. */
const MIN_DIGITS = 9;

/**
 * Whom an id, a channel's id of the customer or a phone number of an order means; of one business where that is given. Any number of
 * contacts: the same person may have written to several accounts.
 */
export async function findContacts(db: Queries, given: string, businessId: string | null): Promise<FoundContact[]> {
  const id = UUID_PATTERN.test(given) ? given : null;
  const digits = given.replace(/[^\d]/g, '');
  // A number as people write it: without the country, with a zero, or whole.
  const whole = /^[+\d][\d\s()-]+$/.test(given) ? digits.replace(/^0+/, '') : '';
  const phone = whole.length >= MIN_DIGITS ? whole : null;
  return db.$queryRaw<FoundContact[]>`
    SELECT k.business_id AS "businessId", k.id AS "contactId", k.external_id AS "externalId", k.account_id AS "accountId",
      a.channel, ARRAY(SELECT c.id FROM conversations c WHERE c.contact_id = k.id ORDER BY c.id) AS "conversationIds"
    FROM contacts k JOIN accounts a ON a.id = k.account_id
    WHERE (${businessId}::uuid IS NULL OR k.business_id = ${businessId}::uuid) AND (
      k.id = ${id}::uuid OR k.external_id = ${given}
      OR k.id IN (SELECT c.contact_id FROM orders o JOIN conversations c ON c.id = o.conversation_id
        WHERE ${phone}::text IS NOT NULL AND regexp_replace(o.phone, '[^0-9]', '', 'g') LIKE '%' || ${phone}::text))
    ORDER BY k.id`;
}
