import { v7 as uuidv7 } from 'uuid';
import type { Channel } from '../channels/channel.ts';
import { type FollowUpPolicy, followUpDueAtMs } from '../follow-ups/rules.ts';
import { fingerprintOf, markOf, markOfAsked } from '../text/fingerprint.ts';
import { textOf } from '../text/message.ts';
import { contentsOf, type TurnResult } from './ask-stages.ts';
import { gatherFacts } from './decision-facts.ts';
import type { DecisionRow, PlannedRow } from './decision-store.ts';
import { FIXED_TEXTS } from './fixed-texts.ts';
import { isAngry } from './reading/feelings.ts';
import type { ConversationOwner, NewTicket, StageAnswer } from './stage.ts';
import type { Turn } from './turn.ts';

const PURPOSES: Readonly<Partial<Record<StageAnswer['outcome'], string>>> = {
  opt_out: 'opt_out_notice',
  handoff: 'handoff_notice',
};

/** The messages of an answer, as rows of the send ledger. */
export function planMessages(answer: StageAnswer, channel: Pick<Channel, 'fit'>): PlannedRow[] {
  const purpose = PURPOSES[answer.outcome] ?? 'reply';
  return contentsOf(answer)
    .flatMap((content) => channel.fit(content))
    .map((content, position) => ({
      id: uuidv7(),
      purpose,
      position,
      content,
      text: textOf(content),
      fingerprint: fingerprintOf(textOf(content)),
    }));
}

/** What a customer who wanted to buy and falls silent will be told, or null. */
export function planFollowUp(
  policy: FollowUpPolicy,
  { context, language }: Pick<Turn, 'context' | 'language'>,
  { purchaseIntent, outcome }: StageAnswer,
  windowExpiresAtMs: number | null,
  nowMs: number,
): { text: string; dueAtMs: number } | null {
  if (!purchaseIntent || outcome !== 'reply') return null;
  const dueAtMs = followUpDueAtMs(policy, context.timeZone, nowMs, windowExpiresAtMs);
  return dueAtMs === null ? null : { text: policy.message ?? FIXED_TEXTS.followUp[language], dueAtMs };
}

/** The answer's own ticket. Without one the bot answers an angry customer all the same, but a person should know. */
export function ticketOf({ ticket }: StageAnswer, { texts }: Pick<Turn, 'texts'>): NewTicket | null {
  // Anger weighs more than a question without an answer.
  if (ticket && ticket.reason !== 'unanswered') return ticket;
  return texts.some((text) => isAngry(text)) ? { reason: 'angry', note: 'The customer is angry.' } : ticket;
}

/** The decision as it is stored: what was answered, with what, and what it cost. */
export function toDecisionRow(
  asked: { identity: ConversationOwner; messageIds: string[]; runNumber: number },
  turn: Pick<Turn, 'turnId' | 'context' | 'text'>,
  { answer, facts, timers }: TurnResult & { answer: StageAnswer },
  latencyMs: number,
): DecisionRow {
  const { usage } = answer;
  const { businessId, conversationId } = asked.identity;
  const sum = (count: (one: (typeof usage)[number]) => number): number =>
    usage.reduce((total, one) => total + count(one), 0);
  return {
    id: uuidv7(),
    businessId,
    conversationId,
    turnId: turn.turnId,
    runNumber: asked.runNumber,
    outcome: answer.outcome,
    intent: answer.intent,
    purchaseIntent: answer.purchaseIntent,
    messageIds: asked.messageIds,
    promptName: answer.promptName,
    promptVersion: answer.promptVersion,
    model: usage.at(-1)?.model ?? 'builtin',
    usage,
    checks: answer.checks,
    facts: gatherFacts(turn.context, answer.text, answer.ticket ? { ...facts, task: answer.ticket.reason } : facts),
    inputTokens: sum((one) => one.inputTokens),
    outputTokens: sum((one) => one.outputTokens),
    costMicros: Math.round(sum((one) => one.costMicros ?? 0)),
    latencyMs,
    reason: answer.reason,
    ...(timers ? { timers } : {}),
    askedMark: markOfAsked(turn.text, asked.messageIds),
    replyMark: markOf(answer.text),
  };
}
