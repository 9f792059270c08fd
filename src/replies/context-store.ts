import { MAX_FAQS } from '../faqs/faq-match.ts';
import type { Queries } from '../platform/database/client.ts';
import { Prisma } from '../platform/database/generated/client.ts';
import { wordsOfTap } from '../text/choices.ts';
import type { ReplyContext } from './reply-context.ts';

interface RawContext extends Omit<ReplyContext, 'transcript' | 'faqs'> {
  transcript:
    | {
        author: string;
        kind: string;
        text: string;
        is_new: boolean;
        payload: string | null;
        media: { url: string }[] | null;
      }[]
    | null;
  faqs: { question: string; answer: string }[] | null;
}

const TRANSCRIPT_LINES = 30;

/**
 * Reads everything that an answer needs in one statement. Null when the conversation does not exist. What is to be
 * answered comes last, whatever its time: the provider's clock may run behind ours, and counts whole seconds.
 * With `asOfThen` nothing counts that was stored after what is to be answered: a recorded turn, as it was. Messages say what
 * they said when that turn was decided; what a customer took back is not there at all. With `begins`, a turn's key, the relay learns
 * that it has begun, so that another may be handed over, and we how long ago its first attempt began, in whichever process. With
 * `isQuick` a turn counts as handed over until `endHandedTurn` while others wait: it needs nothing but this machine, and more of
 * its kind at once would only take each other's time.
 */
export async function loadReplyContext(
  db: Queries,
  conversationId: string,
  newMessageIds: readonly string[],
  { asOfThen = false, begins, isQuick = false }: { asOfThen?: boolean; begins?: string; isQuick?: boolean } = {},
): Promise<ReplyContext | null> {
  const decidedAt = asOfThen ? await findDecidedAt(db, conversationId, newMessageIds) : null;
  const at = Prisma.sql`${decidedAt}::timestamptz`;
  const text = Prisma.sql`CASE WHEN edited_at > ${at} THEN peyk_text_as_of(messages, ${at}) ELSE text END`;
  const said = Prisma.sql`coalesce(nullif(${text}, ''), payload, '')`;
  const begun = begins
    ? Prisma.sql`WITH begun AS (
        UPDATE dispatches SET begun_turn = ${begins},
          handed_at = CASE WHEN ${isQuick} AND EXISTS (
            SELECT FROM dispatches WHERE due_at <= now() AND leased_until IS NULL) THEN handed_at END,
          begun_at = CASE WHEN begun_turn = ${begins} THEN LEAST(begun_at, now()) ELSE now() END
        WHERE conversation_id = ${conversationId}::uuid
        RETURNING (extract(epoch FROM now() - begun_at) * 1000)::float8 AS ms, handed_at IS NOT NULL AS is_handed)`
    : Prisma.empty;
  const begunAgoMs = begins
    ? Prisma.sql`(SELECT ms FROM begun) AS "begunAgoMs", (SELECT is_handed FROM begun) AS "isHanded",`
    : Prisma.empty;
  const [row] = await db.$queryRaw<RawContext[]>`
    ${begun} SELECT ${begunAgoMs} b.id AS "businessId", b.name AS "businessName", b.prompt AS "businessPrompt", b.language AS "businessLanguage",
      b.time_zone AS "timeZone", b.ai_enabled AS "aiEnabled", c.channel, k.language AS "contactLanguage",
      k.opted_out_at IS NOT NULL AS "optedOut",
      (SELECT json_agg(m ORDER BY m.is_new, m.sent_at, m.id) FROM (
        (SELECT id, author, kind, ${said} AS text, sent_at, false AS is_new, payload,
           CASE WHEN direction = 'in' THEN media END AS media FROM messages
         WHERE conversation_id = c.id AND unsent_at IS NULL AND id <> ALL(${newMessageIds}::uuid[])
           AND (NOT ${asOfThen}::boolean
             OR created_at <= (SELECT max(n.created_at) FROM messages n WHERE n.id = ANY(${newMessageIds}::uuid[])))
         ORDER BY sent_at DESC, id DESC LIMIT ${TRANSCRIPT_LINES})
        UNION ALL
        (SELECT id, author, kind, ${said}, sent_at, true, payload, media FROM messages
         WHERE conversation_id = c.id AND unsent_at IS NULL AND id = ANY(${newMessageIds}::uuid[]))) AS m) AS transcript,
      (SELECT json_agg(f) FROM (
        SELECT question, answer FROM faqs WHERE business_id = b.id ORDER BY id LIMIT ${MAX_FAQS}) AS f) AS faqs,
      (SELECT json_build_object('version', p.version, 'fa', p.fa, 'en', p.en) FROM prompt_versions p
       WHERE p.business_id = b.id AND p.name = 'reply' AND p.state = 'published') AS "shopPrompt",
      (SELECT s.business_hours FROM business_settings s WHERE s.business_id = b.id) AS "businessHours",
      EXISTS (SELECT FROM products p WHERE p.business_id = b.id) AS "hasProducts",
      EXISTS (SELECT FROM order_forms o WHERE o.conversation_id = c.id) AS "hasOrderForms"
    FROM conversations c JOIN businesses b ON b.id = c.business_id JOIN contacts k ON k.id = c.contact_id
    WHERE c.id = ${conversationId}::uuid`;
  if (!row) return null;
  return {
    ...row,
    faqs: row.faqs ?? [],
    transcript: (row.transcript ?? []).map((line) => ({
      author: line.author === 'customer' ? 'customer' : 'shop',
      kind: line.kind,
      text: wordsOfTap(line.payload) ?? line.text,
      isNew: line.is_new,
      payload: line.payload,
      mediaUrls: (line.media ?? []).map(({ url }) => url),
    })),
  };
}

/** Lets the relay hand another turn over in the place of this one. */
export async function endHandedTurn(db: Queries, conversationId: string): Promise<void> {
  await db.$executeRaw`UPDATE dispatches SET handed_at = NULL WHERE conversation_id = ${conversationId}::uuid`;
}

async function findDecidedAt(db: Queries, conversationId: string, messageIds: readonly string[]): Promise<Date | null> {
  const where = { conversationId, state: 'decided', messageIds: { equals: [...messageIds] } };
  const row = await db.decision.findFirst({ where, orderBy: { createdAt: 'desc' }, select: { createdAt: true } });
  return row?.createdAt ?? null;
}
