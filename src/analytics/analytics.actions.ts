import { z } from 'zod';
import { type ActionContext, defineAction } from '../platform/http/actions/action.ts';
import { findOwned } from '../platform/http/actions/find-owned.ts';
import { judgeQuality, QUALITY_FAULTS } from './quality.ts';
import { rollUpFigures } from './rollup-store.ts';
import { type Figure, readIntentsByHour, readSpread, readTop, readTrafficByDay, readTrafficByHour } from './store.ts';

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
  turns: z.int(),
  answered: z.int(),
  escalated: z.int(),
  failed: z.int(),
  unanswered: z.int(),
  repeated: z.int(),
  reply: spread,
  followUp,
  /** 0 to 100; null while there is too little to judge. */
  score: z.int().nullable(),
  faults: z.array(z.object({ fault: z.enum(QUALITY_FAULTS), share: z.number(), points: z.int() })),
  unansweredQuestions: counted,
  repeatedQuestions: counted,
  failedChecks: counted,
  reasons: counted,
});

export const analyticsQuality = defineAction({
  method: 'get',
  path: '/admin/analytics/quality',
  summary: 'How well the bot did: answered, handed over, unanswered and repeated questions, and what costs most.',
  permission: 'view-messages',
  query,
  status: 200,
  response: qualityAnswer,
  async run(context) {
    const { top, spread: read, head: shown } = await begin(context);
    const [outcomes, intents, repeats, unanswered, checks, reasons, followUps, reply] = await Promise.all([
      top('outcome'),
      top('intent'),
      top('repeated', 20),
      top('unanswered', 20),
      top('failed_check'),
      top('why_unanswered'),
      top('follow_up'),
      read('reply_ms'),
    ]);
    const turns = total(outcomes);
    const handedOver = countOf(outcomes, 'handoff');
    const failed = countOf(outcomes, 'fallback');
    const unknown = Math.min(turns, failed + countOf(intents, 'unknown'));
    const repeated = total(repeats);
    const counts = { turns, answered: countOf(outcomes, 'reply'), handedOver, failed, unanswered: unknown, repeated };
    const failedChecks = total(checks);
    return {
      ...shown,
      turns,
      answered: counts.answered,
      escalated: handedOver,
      failed,
      unanswered: unknown,
      repeated,
      reply,
      followUp: toFollowUp(followUps),
      ...judgeQuality({ ...counts, failedChecks, replyP95Ms: reply.p95Ms }),
      unansweredQuestions: plain(unanswered),
      repeatedQuestions: plain(repeats),
      failedChecks: plain(checks),
      reasons: plain(reasons),
    };
  },
});

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
