import type { Queries } from '../../platform/database/client.ts';
import { TURN_OUTCOME } from '../../replies/turn-outcome-store.ts';
import { MAYBE_OF_THE_SHOP, NOT_UNDERSTOOD, OF_THE_SHOP, type TurnOutcome } from './rules.ts';

/** A turn that may have been left without an answer. */
export interface CandidateTurn extends TurnOutcome {
  decisionId: string;
  conversationId: string;
  contactName: string;
  channel: string;
  createdAt: Date;
  /** The customer's messages, oldest first. */
  texts: string[];
  /** Which of its questions somebody took off the list. */
  dismissed: number[];
}

/** The name of the prompt that turns of an order form bear: what they ask for is nothing that the shop could write down. */
const FORM = 'order_form';

/** Turns since a time that may be unanswered, the newest first, at most `limit`. `kindOf` tells which are. */
export async function readCandidates(
  db: Queries,
  { businessId, since, limit }: { businessId: string; since: Date; limit: number },
): Promise<CandidateTurn[]> {
  const intents = [...OF_THE_SHOP, ...MAYBE_OF_THE_SHOP, ...NOT_UNDERSTOOD];
  return db.$queryRaw<CandidateTurn[]>`
    SELECT t.*, c.channel, coalesce(nullif(k.name, ''), k.external_id) AS "contactName",
      ARRAY(SELECT m.text FROM messages m WHERE m.id = ANY(t."messageIds") ORDER BY m.sent_at, m.id) AS texts,
      ARRAY(SELECT x.position::int FROM dismissed_questions x WHERE x.decision_id = t."decisionId") AS dismissed
    FROM (
      SELECT d.id AS "decisionId", d.conversation_id AS "conversationId", d.created_at AS "createdAt",
        d.message_ids AS "messageIds", ${TURN_OUTCOME}
      FROM decisions d
      WHERE d.business_id = ${businessId}::uuid AND d.created_at >= ${since} AND d.state = 'decided' AND d.prompt_name <> ${FORM}
    ) t
    JOIN conversations c ON c.id = t."conversationId"
    JOIN contacts k ON k.id = c.contact_id
    WHERE t.outcome IN ('fallback', 'handoff') OR t.reason = 'replaced_by_checks' OR t.task IN ('unknown_attribute', 'unanswered')
      OR (t."promptName" = 'builtin' AND t.intent = ANY(${intents}::text[]))
      OR (t."promptName" = 'builtin' AND t.intent = 'greeting' AND t."hasQuestionMark")
      OR (t."promptName" = 'catalog' AND (t."hasBuiltin" OR t.request = 'none'))
    ORDER BY t."createdAt" DESC, t."decisionId" DESC LIMIT ${limit}`;
}

/** What answers questions now: the shop's own answers, in the order in which the bot reads them, and whether it says its hours. */
export async function readAnswers(db: Queries, businessId: string, limit: number) {
  const faqs = await db.faq.findMany({
    where: { businessId },
    select: { id: true, question: true, answer: true },
    orderBy: { id: 'asc' },
    take: limit,
  });
  const settings = await db.businessSettings.findUnique({ where: { businessId }, select: { businessHours: true } });
  const hours = settings?.businessHours;
  return { faqs, tellsHours: Array.isArray(hours) && hours.length > 0 };
}

/** A question by its turn and its place among the questions of that turn. */
export interface QuestionPlace {
  decisionId: string;
  position: number;
}

/** May be repeated. */
export async function dismissQuestions(
  tx: Queries,
  { businessId, places, actor }: { businessId: string; places: readonly QuestionPlace[]; actor: string },
): Promise<void> {
  const data = places.map((place) => ({ businessId, ...place, dismissedBy: actor }));
  await tx.dismissedQuestion.createMany({ data, skipDuplicates: true });
}

export async function restoreQuestions(
  tx: Queries,
  businessId: string,
  places: readonly QuestionPlace[],
): Promise<void> {
  await tx.dismissedQuestion.deleteMany({ where: { businessId, OR: [...places] } });
}
