import { v7 as uuidv7 } from 'uuid';
import type { RecordChanges } from '../conversations/core/state.ts';
import type { Queries } from '../platform/database/client.ts';
import { fingerprintOf } from '../text/fingerprint.ts';
import { detectLanguage } from '../text/intents.ts';
import type { Language } from '../text/message.ts';
import { FIXED_TEXTS } from './fixed-texts.ts';
import type { ConversationOwner } from './stage.ts';

/** So many of the customer's last lines tell their language. */
const LINES_READ = 5;

/**
 * Plans what the customer is told, in their language. Gives its row of the ledger to be sent; null when a notice of that kind was
 * given within the time, by this call or another. May be repeated: a row that still waits is given again.
 */
export async function planNotice(
  db: Queries,
  { businessId, conversationId }: ConversationOwner,
  { reason, withinMs }: NonNullable<RecordChanges['notice']>,
): Promise<string | null> {
  const purpose = `${reason}_notice`;
  const [given] = await db.$queryRaw<{ id: string; state: string }[]>`
    SELECT id, state FROM outbound_messages
    WHERE conversation_id = ${conversationId}::uuid AND purpose = ${purpose} AND state NOT IN ('blocked', 'rejected')
      AND created_at > now() - ${withinMs} * interval '1 ms'
    ORDER BY created_at DESC LIMIT 1`;
  if (given) return given.state === 'planned' ? given.id : null;
  const text = FIXED_TEXTS.loopNotice[await languageOfCustomer(db, conversationId)];
  const id = uuidv7();
  await db.outboundMessage.create({
    data: {
      ...{ id, businessId, conversationId, author: 'bot', purpose },
      ...{ content: { kind: 'text', text }, text, fingerprint: fingerprintOf(text) },
    },
  });
  return id;
}

async function languageOfCustomer(db: Queries, conversationId: string): Promise<Language> {
  const [row] = await db.$queryRaw<{ lines: string[] | null; language: Language }[]>`
    SELECT coalesce(k.language, b.language) AS language,
      (SELECT array_agg(said.text) FROM (
         SELECT m.text FROM messages m WHERE m.conversation_id = c.id AND m.direction = 'in'
         ORDER BY m.sent_at DESC, m.id DESC LIMIT ${LINES_READ}) AS said) AS lines
    FROM conversations c JOIN contacts k ON k.id = c.contact_id JOIN businesses b ON b.id = c.business_id
    WHERE c.id = ${conversationId}::uuid`;
  return detectLanguage((row?.lines ?? []).join('\n')) ?? row?.language ?? 'fa';
}
