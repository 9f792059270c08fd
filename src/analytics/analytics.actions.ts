import { z } from 'zod';
import { type ActionContext, defineAction } from '../platform/http/actions/action.ts';
import { findOwned } from '../platform/http/actions/find-owned.ts';
import { judgeQuality, QUALITY_FAULTS } from './quality.ts';
import { readLatestResults, rollUpFigures } from './rollup-store.ts';
import { type Figure, readIntentsByHour, readSpread, readTop, readTrafficByDay, readTrafficByHour } from './store.ts';
import { NOT_JUDGED, type TurnResult } from './turn-result.ts';

const query = z.object({ days: z.coerce.number().int().min(1).max(366).default(7) });
const counted = z.array(z.object({ key: z.string(), count: z.int() }));
const spread = z.object({ p50Ms: z.int().nullable(), p95Ms: z.int().nullable() });
const followUp = z.object({ sent: z.int(), answered: z.int(), conversion: z.number().nullable() });
const traffic = { incoming: z.int(), outgoing: z.int() };
const head = {
  days: z.int(),
  timeZone: z.string(),
  /** False while older rows are still being added up: ask again. */
  complete: z.boolean(),
};

/** How long an answer may wait for what is not added up yet. */
const CATCH_UP_MS = 1500;
/** So many are read, so that those of the last minutes add to the right ones. */
const MAX_QUESTIONS = 500;
const MAX_SHOWN = 20;

async function begin({ deps, principal, query: { days } }: ActionContext<unknown, z.output<typeof query>>) {
  const { businessId } = principal;
  const { timeZone } = await findOwned(deps, 'business', principal, businessId);
  const complete = await rollUpFigures(deps.db, businessId, CATCH_UP_MS);
  const period = { businessId, timeZone, days };
  return {
    head: { days, timeZone, complete },
    top: (metric: string, limit?: number, least?: number) => readTop(deps.db, period, metric, limit, least),
    spread: (metric: string) => readSpread(deps.db, period, metric),
    period,
  };
}

const plain = (figures: readonly Figure[]) => figures.map(({ key, count }) => ({ key, count }));
const countOf = (figures: readonly Figure[], key = '') => figures.find((figure) => figure.key === key)?.count ?? 0;
const total = (figures: readonly Figure[]) => figures.reduce((sum, { count }) => sum + count, 0);

function toFollowUp(figures: readonly Figure[]) {
  const [sent, answered] = [countOf(figures, 'sent'), countOf(figures, 'answered')];
  return { sent, answered, conversion: sent === 0 ? null : Math.min(1, answered / sent) };
}

export const summaryAnswer = z.object({
  ...head,
  incoming: z.int(),
  outgoing: z.int(),
  replies: counted,
  intents: counted,
  outcomes: counted,
  reply: spread,
  thinking: spread,
  followUp,
  keywords: counted,
  productsAskedFor: counted,
  productsNotFound: counted,
  models: z.array(z.object({ model: z.string(), answers: z.int(), costMicros: z.int() })),
  orders: z.array(z.object({ currency: z.string(), count: z.int(), total: z.int() })),
  byDay: z.array(z.object({ day: z.iso.date(), ...traffic })),
  byHour: z.array(z.object({ hour: z.int(), ...traffic })),
});

export const analyticsSummary = defineAction({
  method: 'get',
  path: '/admin/analytics/summary',
  summary: 'What customers wanted, how fast they were answered, what it cost; by day and by hour of the shop.',
  permission: 'view-messages',
  query,
  status: 200,
  response: summaryAnswer,
  async run(context) {
    const { top, spread: read, period, head: shown } = await begin(context);
    const { db } = context.deps;
    const [said, intents, outcomes, keywords, asked, missing, models, orders, followUps] = await Promise.all([
      top('said'),
      top('intent'),
      top('outcome'),
      top('keyword', 30),
      top('asked_for', 20),
      top('not_found', 20),
      top('model'),
      top('order'),
      top('follow_up'),
    ]);
    const [byDay, byHour] = [await readTrafficByDay(db, period), await readTrafficByHour(db, period)];
    return {
      ...shown,
      incoming: byDay.reduce((sum, day) => sum + day.incoming, 0),
      outgoing: byDay.reduce((sum, day) => sum + day.outgoing, 0),
      replies: plain(said),
      intents: plain(intents),
      outcomes: plain(outcomes),
      reply: await read('reply_ms'),
      thinking: await read('think_ms'),
      followUp: toFollowUp(followUps),
      keywords: plain(keywords),
      productsAskedFor: plain(asked),
      productsNotFound: plain(missing),
      models: models.map(({ key, count, sum }) => ({ model: key, answers: count, costMicros: sum })),
      orders: orders.map(({ key, count, sum }) => ({ currency: key, count, total: sum })),
      byDay,
      byHour,
    };
  },
});

export const qualityAnswer = z.object({
  ...head,
  /** Those in which something was asked. */
  turns: z.int(),
  /** By the bot alone, and nobody had to mend it. */
  answered: z.int(),
  /** A person had to write behind the answer. */
  corrected: z.int(),
  /** A person was called, by the bot or by the customer. */
  escalated: z.int(),
  failed: z.int(),
  /** Not understood, not known, not found or asked once more. */
  unanswered: z.int(),
  undelivered: z.int(),
  /** Greetings and thanks, which are none of the turns above. */
  courtesies: z.int(),
  repeated: z.int(),
  reply: spread,
  followUp,
  /** 0 to 100; null while there is too little to judge. */
  score: z.int().nullable(),
  faults: z.array(z.object({ fault: z.enum(QUALITY_FAULTS), share: z.number(), points: z.int() })),
  /** What became of all turns, each once. */
  results: counted,
  handedOverWhy: counted,
  unansweredQuestions: counted,
  repeatedQuestions: counted,
  failedChecks: counted,
});

export const analyticsQuality = defineAction({
  method: 'get',
  path: '/admin/analytics/quality',
  summary:
    'What became of each turn: answered by the bot alone, corrected, handed over and why, not known; and what costs most.',
  permission: 'view-messages',
  query,
  status: 200,
  response: qualityAnswer,
  async run(context) {
    const { top, spread: read, head: shown } = await begin(context);
    const { db } = context.deps;
    const [results, why, questions, repeats, checks, followUps, reply, latest] = await Promise.all([
      top('result'),
      top('handed_over'),
      top('not_answered', MAX_QUESTIONS),
      top('repeated', 20),
      top('failed_check'),
      top('follow_up'),
      read('reply_ms'),
      readLatestResults(db, context.principal.businessId),
    ]);
    const became = withLatest(results, latest.get('result'));
    const numberOf = (...of: TurnResult[]) => total(became.filter(({ key }) => of.some((one) => one === key)));
    const courtesies = numberOf('courtesy');
    const turns = total(became) - numberOf(...NOT_JUDGED);
    const counts = {
      turns,
      answered: numberOf('answered'),
      corrected: numberOf('corrected'),
      undelivered: numberOf('not_delivered'),
      failed: numberOf('model_failed'),
      unanswered: numberOf('not_understood', 'not_known', 'not_found', 'attribute_unknown', 'asked_again'),
    };
    const handedOver = numberOf('handed_over');
    const repeated = total(repeats);
    const faults = { ...counts, handedOver, repeated, failedChecks: total(checks), replyP95Ms: reply.p95Ms };
    return {
      ...shown,
      ...counts,
      escalated: handedOver + numberOf('wanted_person'),
      courtesies,
      repeated,
      reply,
      followUp: toFollowUp(followUps),
      ...judgeQuality(faults),
      results: plain(became),
      handedOverWhy: plain(withLatest(why, latest.get('handed_over'))),
      unansweredQuestions: plain(withLatest(questions, latest.get('not_answered'))).slice(0, MAX_SHOWN),
      repeatedQuestions: plain(repeats),
      failedChecks: plain(checks),
    };
  },
});

/** Sums with what is too young to be in them, the largest first. */
function withLatest(figures: readonly Figure[], latest: ReadonlyMap<string, number> = new Map()): Figure[] {
  const sums = new Map(figures.map((figure) => [figure.key, { ...figure }]));
  for (const [key, count] of latest) {
    const sum = sums.get(key);
    if (sum) sum.count += count;
    else sums.set(key, { key, count, sum: 0 });
  }
  return [...sums.values()].sort((a, b) => b.count - a.count || a.key.localeCompare(b.key));
}

export const behaviourAnswer = z.object({
  ...head,
  turns: z.int(),
  wantsToBuy: z.int(),
  intents: z.array(z.object({ intent: z.string(), count: z.int(), byHour: z.array(z.int()) })),
  questions: counted,
  productsAskedFor: counted,
  productsNotFound: counted,
});

export const analyticsBehaviour = defineAction({
  method: 'get',
  path: '/admin/analytics/behaviour',
  summary: 'Patterns: which questions come again and again, what is wanted at which hour, how many want to buy.',
  permission: 'view-messages',
  query,
  status: 200,
  response: behaviourAnswer,
  async run(context) {
    const { top, period, head: shown } = await begin(context);
    const [outcomes, buyers, questions, asked, missing, hours] = await Promise.all([
      top('outcome'),
      top('wants_to_buy'),
      // A question of one customer is no pattern.
      top('question', 30, 2),
      top('asked_for', 30),
      top('not_found', 30),
      readIntentsByHour(context.deps.db, period),
    ]);
    const intents = [...new Set(hours.map(({ intent }) => intent))].map((intent) => {
      const byHour = Array.from({ length: 24 }, () => 0);
      for (const row of hours) if (row.intent === intent) byHour[row.hour] = row.count;
      return { intent, count: byHour.reduce((sum, count) => sum + count, 0), byHour };
    });
    return {
      ...shown,
      turns: total(outcomes),
      wantsToBuy: total(buyers),
      intents: intents.sort((a, b) => b.count - a.count),
      questions: plain(questions),
      productsAskedFor: plain(asked),
      productsNotFound: plain(missing),
    };
  },
});
