import { z } from 'zod';
import { type AuditAction, appendAudit } from '../../platform/audit/audit-store.ts';
import { NotFoundError } from '../../platform/errors.ts';
import { type ActionContext, type ActionDeps, actionsOf } from '../../platform/http/actions/action.ts';
import { findOwned } from '../../platform/http/actions/find-owned.ts';
import { id, nullableId, plainText, time } from '../../platform/http/resources/record-parts.ts';
import type { ReplyNeeds } from '../../replies/needs.ts';
import { MAX_FAQS } from '../faq-match.ts';
import { gatherQuestions, QUESTION_STATES, type UnansweredQuestion } from './gather.ts';
import { UNANSWERED_KINDS } from './rules.ts';
import { dismissQuestions, readAnswers, readCandidates, restoreQuestions } from './store.ts';

const defineAction = actionsOf<ReplyNeeds>();
const PATH = '/api/unanswered-questions';

const DAY_MS = 86_400_000;
/** For as long as somebody can have forgotten it. */
const MAX_DAYS = 90;
/** So many turns are looked through at most, the newest; the answer says so where there are more. */
export const MAX_TURNS = 1000;
const MAX_QUESTIONS = 200;
const MAX_ASKINGS_SHOWN = 10;
const MAX_WORDINGS_SHOWN = 5;
/** The bot is asked so many of the gathered wordings, the most frequent. */
const MAX_WORDINGS_TRIED = 6;

const asking = z.object({
  decisionId: id,
  conversationId: id,
  contactName: z.string(),
  channel: z.string(),
  text: z.string(),
  kind: z.enum(UNANSWERED_KINDS),
  askedAt: time,
});

const unansweredQuestion = z.object({
  /** Of its oldest turn. */
  id,
  /** The wording that stands for all of them best. */
  question: z.string(),
  language: z.enum(['fa', 'en']),
  kind: z.enum(UNANSWERED_KINDS),
  state: z.enum(QUESTION_STATES),
  /** How often it was asked, and by how many customers' conversations. */
  count: z.int(),
  conversations: z.int(),
  firstAskedAt: time,
  lastAskedAt: time,
  /** The shop's answer that answers it by now. */
  faqId: nullableId,
  wordings: z.array(z.object({ text: z.string(), count: z.int() })),
  /** The newest. */
  askings: z.array(asking),
});

export const unansweredAnswer = z.object({
  days: z.int(),
  /** False: only the newest turns were looked through. */
  complete: z.boolean(),
  counts: z.object({ open: z.int(), answered: z.int(), dismissed: z.int() }),
  questions: z.array(unansweredQuestion),
});

type Asked = { deps: ActionDeps; principal: { businessId: string } };

async function gather({ deps, principal }: Asked, days: number) {
  const { db } = deps;
  const { businessId } = principal;
  const business = await findOwned(deps, 'business', principal, businessId);
  const since = new Date(deps.clock() - days * DAY_MS);
  const turns = await readCandidates(db, { businessId, since, limit: MAX_TURNS + 1 });
  const answers = await readAnswers(db, businessId, MAX_FAQS);
  const language = business.language === 'en' ? 'en' : 'fa';
  return {
    complete: turns.length <= MAX_TURNS,
    questions: await gatherQuestions(turns.slice(0, MAX_TURNS), answers, language),
  };
}

function present(question: UnansweredQuestion): z.input<typeof unansweredQuestion> {
  const { asked, wordings } = question;
  const iso = (ms: number | undefined) => new Date(ms ?? 0).toISOString();
  return {
    id: question.id,
    question: question.question,
    language: question.language,
    kind: question.kind,
    state: question.state,
    faqId: question.faqId,
    count: asked.length,
    conversations: new Set(asked.map(({ turn }) => turn.conversationId)).size,
    firstAskedAt: iso(asked.at(-1)?.atMs),
    lastAskedAt: iso(asked[0]?.atMs),
    wordings: wordings.slice(0, MAX_WORDINGS_SHOWN),
    askings: asked.slice(0, MAX_ASKINGS_SHOWN).map(({ text, kind, atMs, turn }) => ({
      ...{ decisionId: turn.decisionId, conversationId: turn.conversationId },
      ...{ contactName: turn.contactName, channel: turn.channel, text, kind, askedAt: iso(atMs) },
    })),
  };
}

export const listUnanswered = defineAction({
  method: 'get',
  path: PATH,
  summary:
    'What the bot could not answer, gathered by meaning, the most frequent first. What an answer of the shop answers by now is not open.',
  permission: 'view-messages',
  query: z.object({
    days: z.coerce.number().int().min(1).max(MAX_DAYS).default(30),
    state: z.enum(QUESTION_STATES).default('open'),
  }),
  status: 200,
  response: unansweredAnswer,
  async run({ deps, principal, query: { days, state } }) {
    const { complete, questions } = await gather({ deps, principal }, days);
    const countOf = (wanted: string) => questions.filter((question) => question.state === wanted).length;
    return {
      days,
      complete,
      counts: { open: countOf('open'), answered: countOf('answered'), dismissed: countOf('dismissed') },
      questions: questions
        .filter((question) => question.state === state)
        .slice(0, MAX_QUESTIONS)
        .map(present),
    };
  },
});

/** The question that a turn belongs to. Throws NotFoundError for another business's turn, and for one that was answered. */
async function findQuestion(asked: Asked, decisionId: string): Promise<UnansweredQuestion> {
  await findOwned(asked.deps, 'decision', asked.principal, decisionId);
  const { questions } = await gather(asked, MAX_DAYS);
  const found = questions.find(({ asked: askings }) => askings.some(({ turn }) => turn.decisionId === decisionId));
  if (!found) throw new NotFoundError('There is no unanswered question of that name here.');
  return found;
}

const placesOf = ({ asked }: UnansweredQuestion) =>
  asked.map(({ turn, position }) => ({ decisionId: turn.decisionId, position }));

const afterwards = z.object({ id, state: z.enum(QUESTION_STATES) });

async function change(
  { deps, principal, id: decisionId }: ActionContext<unknown, unknown, ReplyNeeds>,
  action: Extract<AuditAction, 'dismiss' | 'restore'>,
) {
  const question = await findQuestion({ deps, principal }, decisionId);
  const { businessId, actor } = principal;
  await deps.db.$transaction(async (tx) => {
    const places = placesOf(question);
    await (action === 'dismiss'
      ? dismissQuestions(tx, { businessId, places, actor })
      : restoreQuestions(tx, businessId, places));
    // Words of several customers: none of them stay behind in the log.
    const entry = { businessId, actor, action, resource: 'unanswered-questions', resourceId: question.id, subject: '' };
    await appendAudit(tx, { ...entry, after: { asked: places.length } });
  });
  const state = action === 'dismiss' ? 'dismissed' : question.isAnswered ? 'answered' : 'open';
  return { id: question.id, state };
}

export const dismissUnanswered = defineAction({
  method: 'post',
  path: `${PATH}/:id/dismiss`,
  summary: 'Takes a question off the list, with whoever asks it again.',
  permission: 'manage-faqs',
  body: z.strictObject({}),
  status: 200,
  response: afterwards,
  run: (context) => change(context, 'dismiss'),
});

export const restoreUnanswered = defineAction({
  method: 'post',
  path: `${PATH}/:id/restore`,
  summary: 'Puts a question that was taken off the list back on it.',
  permission: 'manage-faqs',
  body: z.strictObject({}),
  status: 200,
  response: afterwards,
  run: (context) => change(context, 'restore'),
});

export const triedAnswer = z.object({
  tried: z.array(
    z.object({
      text: z.string(),
      /** What the bot answers now, and what it would answer with this among the shop's answers. */
      before: z.string(),
      after: z.string(),
      /** It would give the answer that was tried. */
      isAnswered: z.boolean(),
    }),
  ),
  /** Of the wordings that were tried. */
  answered: z.int(),
});

export const tryAnswer = defineAction({
  method: 'post',
  path: `${PATH}/:id/try`,
  summary:
    'What the bot would say to the gathered wordings if this were among the shop’s answers: by rules and without any cost. Nothing is stored or sent.',
  permission: 'manage-faqs',
  body: z.strictObject({ question: plainText(500), answer: plainText(4000) }),
  status: 200,
  response: triedAnswer,
  async run({ deps, principal, id: decisionId, body }) {
    const { wordings, question } = await findQuestion({ deps, principal }, decisionId);
    const texts = [...new Set([question, ...wordings.map(({ text }) => text)])].slice(0, MAX_WORDINGS_TRIED);
    const { businessId } = principal;
    const say = async (text: string, faqs: readonly { question: string; answer: string }[]) =>
      (await deps.simulateReply({ businessId, text, faqs, model: 'builtin' })).reply.proposal.text;
    const tried: z.input<typeof triedAnswer>['tried'] = [];
    for (const text of texts) {
      const [before, after] = [await say(text, []), await say(text, [body])];
      tried.push({ text, before, after, isAnswered: after.includes(body.answer) });
    }
    return { tried, answered: tried.filter(({ isAnswered }) => isAnswered).length };
  },
});
