import { v7 as uuidv7 } from 'uuid';
import type { CatalogReply } from '../src/catalog/catalog-reply.ts';
import { toKnownProduct } from '../src/catalog/context-store.ts';
import { type CatalogSettings, type CatalogTurn, takeCatalogTurn, toReplyResult } from '../src/catalog/stage.ts';
import type { Connector } from '../src/channels/connector.ts';
import type { DecideCommand, Decided } from '../src/conversations/core/state.ts';
import { loadReplyContext } from '../src/conversations/store.ts';
import { type FollowUpPolicy, followUpDueAtMs } from '../src/follow-ups/rules.ts';
import { type OrderSettings, type OrderTurn, takeOrderTurn } from '../src/orders/stage.ts';
import type { Database, Queries } from '../src/platform/database/client.ts';
import { ModelOutputError, ModelRejectedError, ModelUnavailableError, NotFoundError } from '../src/platform/errors.ts';
import { type PerBusiness, resolveFor } from '../src/platform/of-business.ts';
import { gatherFacts } from '../src/replies/decision-facts.ts';
import { commitDecision, countModelCalls, type DecisionRow, type PlannedRow } from '../src/replies/decision-store.ts';
import { FIXED_TEXTS } from '../src/replies/fixed-texts.ts';
import type { ReplyModel, ReplyRequest, ReplyResult } from '../src/replies/models/model.ts';
import { languageOf, type ReplyContext } from '../src/replies/reply-context.ts';
import { toReplyRequest } from '../src/replies/reply-request.ts';
import { createRetryBudget, type RetryBudget } from '../src/replies/retry-budget.ts';
import { isAngry } from '../src/text/anger.ts';
import { fingerprintOf, markOf } from '../src/text/fingerprint.ts';
import { type OutboundContent, textOf } from '../src/text/message.ts';
import { toFailure } from './failures.ts';
import { heartbeatWhile } from './heartbeat.ts';

export interface ActivityIdentity {
  conversationId: string;
  businessId: string;
}

/** The pure core's command, and whose it is. */
export type DecideInput = Omit<DecideCommand, 'type'> & { identity: ActivityIdentity };

export interface ModelBudget {
  contactCallsPerDay: number;
  businessCallsPerDay: number;
}

export interface DecideDeps {
  db: Database;
  connectors: ReadonlyMap<string, Connector>;
  model: ReplyModel;
  /** Answers when the budget is spent, the shop switched the model off, or a turn needs none. */
  builtin: ReplyModel;
  followUp: FollowUpPolicy;
  budget: ModelBudget;
  /** How long all attempts of one answer may take together before the safe answer; null: as long as they take. */
  answerBudgetMs?: number | null;
  /** Null: orders are not taken by chat. */
  orders?: OrderSettings | null;
  /** Null: answers know no products. */
  catalog?: CatalogSettings | null;
}

type Thought = Pick<ReplyResult, 'promptName' | 'promptVersion' | 'usage' | 'checks'> & {
  text: string;
  outcome: 'reply' | 'handoff' | 'silent' | 'fallback';
  intent: string;
  purchaseIntent: boolean;
  ticket: { reason: string; note: string } | null;
  reason: string;
  order?: OrderTurn | null;
  /** In the place of the text alone: cards or buttons. */
  contents?: OutboundContent[];
  catalog?: CatalogTurn | null;
};

/** Those that each business may have its own of. */
export type DecideGiven = PerBusiness<DecideDeps, 'model' | 'followUp'>;

export function createDecideActivities(given: DecideGiven) {
  return {
    /**
     * Thinks of an answer to a burst, checks it and stores the decision with the messages it plans. Returns ids and marks.
     * May run any number of times for one turn: the first that stores wins. Model failures that may pass are retried by
     * Temporal; the rest end in a safe answer and a ticket.
     */
    async decideReply(input: DecideInput): Promise<Decided> {
      const startedAtMs = Date.now();
      try {
        return await heartbeatWhile(async (signal) => {
          const deps = await resolveFor<DecideDeps, 'model' | 'followUp'>(
            given,
            ['model', 'followUp'],
            input.identity.businessId,
          );
          const context = await loadReplyContext(deps.db, input.identity.conversationId, input.messageIds);
          if (!context) throw new NotFoundError('The conversation does not exist.');
          const retryBudget = createRetryBudget(deps.answerBudgetMs ?? null, signal);
          const thought = await think(deps, input, context, retryBudget, signal);
          return await store(deps, input, context, thought, startedAtMs);
        });
      } catch (error) {
        throw toFailure(error);
      }
    },
  };
}

async function think(
  deps: DecideDeps,
  input: DecideInput,
  context: ReplyContext,
  retryBudget: RetryBudget,
  signal: AbortSignal,
): Promise<Thought> {
  const language = languageOf(context);
  if (input.optOut) return fixed(FIXED_TEXTS.optedOut[language], 'opt_out');
  if (context.optedOut) return { ...fixed('', 'opted_out'), outcome: 'silent', reason: 'opted_out' };
  // All of it was unsent meanwhile: there is nothing left to answer.
  if (!context.transcript.some((line) => line.isNew))
    return { ...fixed('', 'unsent'), outcome: 'silent', reason: 'unsent' };
  const order = await considerOrder(deps, input, context);
  if (order?.answer) return fromOrder(order, order.answer);
  const model = await chooseModel(deps, input, context);
  const thought = await answer(deps, input, context, model, retryBudget, signal);
  if (!order) return thought;
  return thought.outcome === 'reply' ? withReminder(thought, order) : thought;
}

/** An open order form asks on behind the answer to something else. */
function withReminder(thought: Thought, order: OrderTurn): Thought {
  const text = `${thought.text}\n\n${order.reminder}`;
  const contents = thought.contents && [...thought.contents, { kind: 'text' as const, text: order.reminder }];
  return { ...thought, text, order, ...(contents ? { contents } : {}) };
}

/** The catalog answers what it can by itself; a model is given what was found. */
async function answer(
  deps: DecideDeps,
  input: DecideInput,
  context: ReplyContext,
  model: ReplyModel,
  retryBudget: RetryBudget,
  signal: AbortSignal,
): Promise<Thought> {
  const { db, catalog: settings } = deps;
  if (!settings) return askModel(deps, context, model, null, retryBudget, signal);
  const { businessId, conversationId } = input.identity;
  const { limits } = connectorFor(deps, context);
  const asked = { db, settings, owner: { businessId, conversationId }, context, limits, language: languageOf(context) };
  const catalog = await takeCatalogTurn(asked, model === deps.builtin, signal);
  if (catalog.answer) return fromCatalog(catalog, catalog.answer);
  return { ...(await askModel(deps, context, model, catalog, retryBudget, signal)), catalog };
}

function fromCatalog(catalog: CatalogTurn, reply: CatalogReply): Thought {
  return { ...fromResult(toReplyResult(catalog, reply)), contents: reply.contents, catalog };
}

/** The order form goes first: what it says of products and prices is the catalog's own. */
async function considerOrder(deps: DecideDeps, input: DecideInput, context: ReplyContext): Promise<OrderTurn | null> {
  if (!deps.orders) return null;
  const { db, orders: settings } = deps;
  const { businessId, conversationId } = input.identity;
  const supersedes = input.supersedesTurnIds.map((turnId) => turnKey(input, turnId));
  const turn = { turnId: turnKey(input, input.turnId), supersedes, owner: { businessId, conversationId } };
  return takeOrderTurn({ db, settings, ...turn, context, language: languageOf(context) });
}

function fromOrder(order: OrderTurn, text: string): Thought {
  const { outcome, ticket, isOpen } = order;
  return { ...fixed(text, 'order'), promptName: 'order_form', outcome, ticket, purchaseIntent: isOpen, order };
}

async function askModel(
  deps: DecideDeps,
  context: ReplyContext,
  model: ReplyModel,
  catalog: CatalogTurn | null,
  retryBudget: RetryBudget,
  signal: AbortSignal,
): Promise<Thought> {
  const language = languageOf(context);
  const known = catalog ? { products: catalog.products.map(toKnownProduct), focusIds: catalog.focusIds } : undefined;
  const request = toReplyRequest(
    context,
    connectorFor(deps, context).limits.maxText,
    language,
    retryBudget.signal,
    known,
  );
  try {
    const result = await model.reply(request);
    return fromResult(result.replaced ? await orByRules(deps.builtin, request, result) : result);
  } catch (error) {
    if (signal.aborted) throw error;
    const code = codeOfFailure(error, retryBudget);
    const ticket = { reason: 'model_failed', note: `No model answered (${code}).` };
    return { ...fixed(FIXED_TEXTS.modelFailed[language], 'unanswered'), outcome: 'fallback', ticket, reason: code };
  }
}

/** A model whose words may not be sent must not keep a customer from a person: the rules know who asks for one. */
async function orByRules(builtin: ReplyModel, request: ReplyRequest, replaced: ReplyResult): Promise<ReplyResult> {
  const byRules = await builtin.reply(request);
  return byRules.proposal.action === 'handoff' ? { ...replaced, proposal: byRules.proposal } : replaced;
}

/** Why no model answers this turn any more. Throws what is no failure of a model's, or what asking again may mend. */
function codeOfFailure(error: unknown, retryBudget: RetryBudget): string {
  if (retryBudget.isOver()) return 'model_unavailable';
  if (error instanceof ModelRejectedError || error instanceof ModelOutputError) return error.code;
  if (!(error instanceof ModelUnavailableError)) throw error;
  const delayMs = retryBudget.nextDelayMs(error);
  if (delayMs === null) return error.code;
  throw new ModelUnavailableError(error.message, delayMs);
}

function connectorFor(deps: DecideDeps, context: ReplyContext): Connector {
  const connector = deps.connectors.get(context.channel);
  if (!connector) throw new NotFoundError(`The channel ${context.channel} is not switched on.`);
  return connector;
}

async function chooseModel(deps: DecideDeps, input: DecideInput, context: ReplyContext): Promise<ReplyModel> {
  if (deps.model === deps.builtin || !context.aiEnabled) return deps.builtin;
  const since = new Date(Date.now() - 24 * 3_600_000);
  const calls = await countModelCalls(deps.db, input.identity, since);
  const isSpent =
    calls.contactCalls >= deps.budget.contactCallsPerDay || calls.businessCalls >= deps.budget.businessCallsPerDay;
  return isSpent ? deps.builtin : deps.model;
}

function fixed(text: string, intent: string): Thought {
  return {
    text,
    outcome: 'reply',
    intent,
    purchaseIntent: false,
    promptName: 'fixed',
    promptVersion: '1',
    usage: [],
    checks: [],
    ticket: null,
    reason: '',
  };
}

function fromResult(result: ReplyResult): Thought {
  const { proposal } = result;
  return {
    text: proposal.text,
    outcome: proposal.action,
    intent: proposal.intent,
    purchaseIntent: proposal.purchaseIntent,
    promptName: result.promptName,
    promptVersion: result.promptVersion,
    usage: result.usage,
    checks: result.checks,
    ticket: proposal.action === 'handoff' ? { reason: 'handoff', note: 'The customer asked for a person.' } : null,
    reason: result.replaced ? 'replaced_by_checks' : '',
  };
}

async function store(
  deps: DecideDeps,
  input: DecideInput,
  context: ReplyContext,
  thought: Thought,
  startedAtMs: number,
): Promise<Decided> {
  const planned = thought.outcome === 'silent' ? [] : plan(deps, input, context, thought);
  const decision = toDecisionRow(input, context, thought, Date.now() - startedAtMs);
  const committed = await commitDecision(deps.db, decision, planned, {
    supersedesTurnIds: input.supersedesTurnIds.map((turnId) => turnKey(input, turnId)),
    cancelFollowUpId: input.cancelFollowUpId,
    followUp: planFollowUp(deps, input, context, thought),
    ticket: thought.ticket ?? ticketOfAnger(context),
    ...(thought.order || thought.catalog?.store ? { effects: effectsOf(thought, decision.id) } : {}),
  });
  return {
    turnId: input.turnId,
    outcome: committed ? (OUTCOMES[committed.outcome] ?? 'reply') : 'discarded',
    outboundIds: committed?.outboundIds ?? [],
    followUp: committed?.followUp ?? null,
    ...(committed?.timers ? { timers: committed.timers } : {}),
    askedMark: decision.askedMark,
    replyMark: decision.replyMark,
  };
}

/** What is written with the decision, and only with it. */
function effectsOf({ order, catalog }: Thought, decisionId: string) {
  return async (tx: Queries): Promise<void> => {
    await order?.store(tx);
    await catalog?.store?.(tx, decisionId);
  };
}

/** The bot answers all the same, but a person should know. */
function ticketOfAnger({ transcript }: ReplyContext): Thought['ticket'] {
  return transcript.some((line) => line.isNew && isAngry(line.text))
    ? { reason: 'angry', note: 'The customer is angry.' }
    : null;
}

/** What the workflow makes of an outcome as stored; everything else is an answer like any other. */
const OUTCOMES: Readonly<Record<string, Decided['outcome']>> = {
  handoff: 'handoff',
  silent: 'silent',
  fallback: 'fallback',
};

/** A turn's key in the database: the workflow's own is unique only within the conversation. */
const turnKey = (input: DecideInput, turnId: string): string => `${input.identity.conversationId}:${turnId}`;

function plan(deps: DecideDeps, input: DecideInput, context: ReplyContext, thought: Thought): PlannedRow[] {
  const purpose = input.optOut ? 'opt_out_notice' : thought.outcome === 'handoff' ? 'handoff_notice' : 'reply';
  const connector = connectorFor(deps, context);
  const contents: OutboundContent[] = thought.contents ?? [{ kind: 'text', text: thought.text }];
  return contents
    .flatMap((content) => connector.fit(content))
    .map((content, position) => ({
      id: uuidv7(),
      purpose,
      position,
      content,
      text: textOf(content),
      fingerprint: fingerprintOf(textOf(content)),
    }));
}

function planFollowUp(deps: DecideDeps, input: DecideInput, context: ReplyContext, thought: Thought) {
  if (!thought.purchaseIntent || thought.outcome !== 'reply') return null;
  const dueAtMs = followUpDueAtMs(deps.followUp, context.timeZone, Date.now(), input.windowExpiresAtMs);
  return dueAtMs === null
    ? null
    : { text: deps.followUp.message ?? FIXED_TEXTS.followUp[languageOf(context)], dueAtMs };
}

function toDecisionRow(input: DecideInput, context: ReplyContext, thought: Thought, latencyMs: number): DecisionRow {
  const sum = (count: (usage: Thought['usage'][number]) => number): number =>
    thought.usage.reduce((total, usage) => total + count(usage), 0);
  const asked = context.transcript.filter((line) => line.isNew).map((line) => line.text);
  return {
    id: uuidv7(),
    businessId: input.identity.businessId,
    conversationId: input.identity.conversationId,
    turnId: turnKey(input, input.turnId),
    outcome: input.optOut ? 'opt_out' : thought.outcome,
    intent: thought.intent,
    purchaseIntent: thought.purchaseIntent,
    messageIds: input.messageIds,
    promptName: thought.promptName,
    promptVersion: thought.promptVersion,
    model: thought.usage.at(-1)?.model ?? 'builtin',
    usage: thought.usage,
    checks: thought.checks,
    facts: gatherFacts(context, thought.text, thought.catalog?.facts),
    inputTokens: sum((usage) => usage.inputTokens),
    outputTokens: sum((usage) => usage.outputTokens),
    costMicros: Math.round(sum((usage) => usage.costMicros ?? 0)),
    latencyMs,
    reason: thought.reason,
    ...(thought.order ? { timers: thought.order.timers } : {}),
    askedMark: markOf(asked.join('\n')),
    replyMark: markOf(thought.text),
  };
}
