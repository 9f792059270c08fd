import type { Channel } from '../channels/channel.ts';
import type { DecideCommand, Decided } from '../conversations/core/state.ts';
import type { FollowUpPolicy } from '../follow-ups/rules.ts';
import type { OutboundToSend } from '../outbox/store.ts';
import type { Database, Queries } from '../platform/database/client.ts';
import { NotFoundError } from '../platform/errors.ts';
import { askStages, type TurnResult } from './ask-stages.ts';
import { endHandedTurn, loadReplyContext } from './context-store.ts';
import type { DecisionPorts } from './decision-ports.ts';
import { commitDecision, type PlannedRow } from './decision-store.ts';
import { countModelCalls } from './model-calls-store.ts';
import { createModelStage } from './model-stage.ts';
import type { ReplyModel } from './models/model.ts';
import { planFollowUp, planMessages, ticketOf, toDecisionRow } from './plan-decision.ts';
import type { ReplyContext } from './reply-context.ts';
import { createRetryBudget, type DecideAttempt } from './retry-budget.ts';
import type { ConversationOwner, Stage, StageAnswer } from './stage.ts';
import { findTalkedAbout } from './talked-about-store.ts';
import { readTurn, type Turn } from './turn.ts';

/** The pure core's command, and whose it is. */
export type DecideInput = Omit<DecideCommand, 'type'> & { identity: ConversationOwner };

export interface ModelBudget {
  contactCallsPerDay: number;
  businessCallsPerDay: number;
}

export interface DecideDeps extends DecisionPorts {
  db: Database;
  channels: ReadonlyMap<string, Channel>;
  /** Asked in this order; the model comes behind them. */
  stages: readonly Stage[];
  model: ReplyModel;
  /** Answers when the budget is spent, the shop switched the model off, or a turn needs none. */
  builtin: ReplyModel;
  followUp: FollowUpPolicy;
  budget: ModelBudget;
  /**
   * How long all attempts of one answer may take together before the safe answer, from the beginning of the first; null: as long as
   * they take.
   */
  answerBudgetMs?: number | null;
}

/** A decision, and its first message where that was claimed: whoever asked for it sends it now. */
export type DecidedToSend = Decided & { claimed: OutboundToSend | null };

const DAY_MS = 24 * 3_600_000;

/**
 * Thinks of an answer to a burst and stores the decision with the messages it plans. Returns ids and marks. May run any number
 * of times for one turn: the first that stores wins. With `claimsFirst` its first message is claimed for its request. Throws
 * ModelUnavailableError while asking the model again may help.
 */
export async function decide(
  deps: DecideDeps,
  input: DecideInput,
  attempt: DecideAttempt,
  claimsFirst = false,
): Promise<DecidedToSend> {
  const startedAtMs = Date.now();
  const { conversationId } = input.identity;
  // A run that is founded anew may number its turns as the one before it.
  const begins = `${input.runNumber}:${input.turnId}`;
  const isQuick = deps.model === deps.builtin;
  const context = await loadReplyContext(deps.db, conversationId, input.messageIds, { begins, isQuick });
  if (!context) throw new NotFoundError('The conversation does not exist.');
  const retryBudget = createRetryBudget(deps.answerBudgetMs ?? null, startedAtMs - (context.begunAgoMs ?? 0), attempt);
  const turn = readDecideTurn(deps, input, context, attempt.signal);
  try {
    const { answer, ...result } = await askStages([...deps.stages, createModelStage({ ...deps, retryBudget })], turn);
    if (!answer) throw new Error('No stage answered.');
    return await store(deps, input, turn, { ...result, answer }, { startedAtMs, claimsFirst });
  } finally {
    // By itself it would end a moment later.
    if (context.isHanded) await endHandedTurn(deps.db, conversationId).catch(() => undefined);
  }
}

/** A turn's key in the database: the workflow's own is unique only within the conversation. */
const turnKey = (input: DecideInput, turnId: string): string => `${input.identity.conversationId}:${turnId}`;

function readDecideTurn(deps: DecideDeps, input: DecideInput, context: ReplyContext, signal: AbortSignal): Turn {
  const { conversationId } = input.identity;
  return readTurn({
    conversationId,
    turnId: turnKey(input, input.turnId),
    supersedes: input.supersedesTurnIds.map((turnId) => turnKey(input, turnId)),
    optOut: input.optOut,
    context,
    limits: () => channelFor(deps, context).limits,
    withoutModel: () => isWithoutModel(deps, input, context),
    findTalkedAbout: (since) => findTalkedAbout(deps.db, conversationId, since),
    isDryRun: false,
    signal,
  });
}

function channelFor({ channels }: DecideDeps, context: ReplyContext): Channel {
  const channel = channels.get(context.channel);
  if (!channel) throw new NotFoundError(`The channel ${context.channel} is not switched on.`);
  return channel;
}

async function isWithoutModel(deps: DecideDeps, input: DecideInput, context: ReplyContext): Promise<boolean> {
  const { model, builtin, budget } = deps;
  if (model === builtin || !context.aiEnabled) return true;
  const calls = await countModelCalls(deps.db, input.identity, new Date(Date.now() - DAY_MS));
  return calls.contactCalls >= budget.contactCallsPerDay || calls.businessCalls >= budget.businessCallsPerDay;
}

/** What the workflow makes of an outcome as stored; everything else is an answer like any other. */
const OUTCOMES: Readonly<Record<string, Decided['outcome']>> = {
  handoff: 'handoff',
  silent: 'silent',
  fallback: 'fallback',
};

async function store(
  deps: DecideDeps,
  input: DecideInput,
  turn: Turn,
  result: TurnResult & { answer: StageAnswer },
  { startedAtMs, claimsFirst }: { startedAtMs: number; claimsFirst: boolean },
): Promise<DecidedToSend> {
  const { answer } = result;
  const planned = answer.outcome === 'silent' ? [] : planFor(channelFor(deps, turn.context), answer);
  const nowMs = Date.now();
  const decision = toDecisionRow(input, turn, result, nowMs - startedAtMs);
  const extras = {
    cancelFollowUpId: input.cancelFollowUpId,
    followUp: planFollowUp(deps.followUp, turn, answer, input.windowExpiresAtMs, nowMs),
    ticket: ticketOf(answer, turn),
    ...effectsOf(deps, input.identity, turn, result, decision.id),
  };
  const committed = await commitDecision(deps.db, decision, planned, extras, deps, claimsFirst);
  const marks = { askedMark: decision.askedMark, replyMark: decision.replyMark };
  if (typeof committed === 'string') {
    const outcome = committed === 'outdated' ? 'outdated' : 'discarded';
    return { turnId: input.turnId, outcome, outboundIds: [], followUp: null, ...marks, claimed: null };
  }
  const { outboundIds, followUp, timers, claimed } = committed;
  return {
    turnId: input.turnId,
    outcome: OUTCOMES[committed.outcome] ?? 'reply',
    outboundIds,
    followUp,
    ...(timers ? { timers } : {}),
    ...marks,
    claimed,
  };
}

/** Where the network answers a STOP by itself, another word from us would be one too many. */
function planFor(channel: Channel, answer: StageAnswer): PlannedRow[] {
  const isAnswered = answer.outcome === 'opt_out' && channel.consent.optOutHandledBy === 'carrier';
  return isAnswered ? [] : planMessages(answer, channel);
}

/** What stages and learners write with the decision, and only with it. */
function effectsOf(
  { learners }: DecideDeps,
  owner: ConversationOwner,
  turn: Turn,
  { stores, lessons }: TurnResult,
  decisionId: string,
): { effects?: (tx: Queries) => Promise<void> } {
  if (stores.length === 0 && (lessons.length === 0 || learners.length === 0)) return {};
  const effects = async (tx: Queries): Promise<void> => {
    for (const storeWith of stores) await storeWith(tx, decisionId);
    for (const learn of learners)
      for (const lesson of lessons) await learn(tx, owner, { ...lesson, intents: turn.intents });
  };
  return { effects };
}
