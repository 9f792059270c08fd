import type { Queries } from '../platform/database/client.ts';

/** One message that a turn answered, with the times of its way through the system. */
export interface MergedMessage {
  id: string;
  kind: string;
  text: string;
  sentAt: Date;
  /** When its event was stored, and when the relay handed it to the workflow. */
  receivedAt: Date | null;
  dispatchedAt: Date | null;
}

/** A text of the release (each language and kind has its own), or the shop's version, which has all languages in one. */
export interface PromptUsed {
  resource: 'prompts' | 'prompt-versions';
  id: string;
  language: string;
  kind: string;
}

/** What stands around a decision and is kept in other tables. */
export interface DecisionSurroundings {
  messages: MergedMessage[];
  /** The texts that the answer was made with, as the panel can show them. */
  prompts: PromptUsed[];
  followUp: { id: string; state: string; dueAt: Date; reason: string } | null;
  tickets: { id: string; state: string; reason: string }[];
}

export interface DecisionKey {
  id: string;
  businessId: string;
  conversationId: string;
  messageIds: string[];
  promptName: string;
  promptVersion: string;
  createdAt: Date;
}

/** A ticket of the same moment is taken to be the decision's own. */
const SAME_MOMENT_MS = 5000;

/** The catalog speaks with texts of the built-in responder. */
const SPEAKS_WITH: Readonly<Record<string, string>> = { catalog: 'builtin' };

async function loadPrompts(db: Queries, { businessId, promptName, promptVersion }: DecisionKey): Promise<PromptUsed[]> {
  const where = { businessId, name: SPEAKS_WITH[promptName] ?? promptName, version: promptVersion };
  const [files, own] = await Promise.all([
    db.promptFile.findMany({
      where,
      select: { id: true, language: true, kind: true },
      orderBy: [{ kind: 'asc' }, { language: 'asc' }],
    }),
    db.promptVersion.findMany({ where, select: { id: true } }),
  ]);
  return [
    ...files.map((file) => ({ resource: 'prompts' as const, ...file })),
    ...own.map(({ id }) => ({ resource: 'prompt-versions' as const, id, language: '*', kind: 'prompt' })),
  ];
}

export async function loadSurroundings(db: Queries, decision: DecisionKey): Promise<DecisionSurroundings> {
  const { businessId, conversationId, createdAt } = decision;
  const near = {
    gte: new Date(createdAt.getTime() - SAME_MOMENT_MS),
    lte: new Date(createdAt.getTime() + SAME_MOMENT_MS),
  };
  const [messages, prompts, followUp, tickets] = await Promise.all([
    loadMerged(db, decision),
    loadPrompts(db, decision),
    // A follow-up bears the id of the decision that planned it.
    db.followUp.findFirst({
      where: { id: decision.id, businessId },
      select: { id: true, state: true, dueAt: true, reason: true },
    }),
    db.ticket.findMany({
      where: { businessId, conversationId, createdAt: near },
      select: { id: true, state: true, reason: true },
      take: 5,
    }),
  ]);
  return { messages, prompts, followUp, tickets };
}

async function loadMerged(db: Queries, { conversationId, messageIds }: DecisionKey): Promise<MergedMessage[]> {
  return db.$queryRaw<MergedMessage[]>`
    SELECT m.id, m.kind, m.text, m.sent_at AS "sentAt", e.received_at AS "receivedAt", e.dispatched_at AS "dispatchedAt"
    FROM messages m
    LEFT JOIN LATERAL (
      SELECT received_at, dispatched_at FROM inbound_events
      WHERE conversation_id = m.conversation_id AND message_id = m.id ORDER BY seq LIMIT 1) e ON true
    WHERE m.conversation_id = ${conversationId}::uuid AND m.id = ANY(${messageIds}::uuid[])
    ORDER BY m.sent_at, m.id`;
}
