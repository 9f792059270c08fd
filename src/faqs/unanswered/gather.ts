import { setImmediate } from 'node:timers/promises';
import { detectIntents, detectLanguage } from '../../text/intents.ts';
import { createFaqMatcher, type FaqMatcher } from '../faq-match.ts';
import { questionsOf } from './asked-questions.ts';
import { groupByMeaning, type QuestionGroup } from './grouping.ts';
import { kindOf, type UnansweredKind } from './rules.ts';
import type { CandidateTurn } from './store.ts';

export const QUESTION_STATES = ['open', 'answered', 'dismissed'] as const;
export type QuestionState = (typeof QUESTION_STATES)[number];

/** One question of one unanswered turn. */
export interface UnansweredAsking {
  text: string;
  atMs: number;
  kind: UnansweredKind;
  turn: CandidateTurn;
  /** Among the questions of the turn. */
  position: number;
}

/** Questions that one answer would answer. */
export interface UnansweredQuestion extends QuestionGroup<UnansweredAsking> {
  /** The decision of its oldest turn: it stays while others join. */
  id: string;
  kind: UnansweredKind;
  language: 'fa' | 'en';
  state: QuestionState;
  /** Whatever became of it, the shop says by now what was asked. */
  isAnswered: boolean;
  /** The shop's answer that answers it now; null: none, or its opening hours do. */
  faqId: string | null;
}

export interface AnswersNow {
  faqs: readonly { id: string; question: string; answer: string }[];
  tellsHours: boolean;
}

/** Matching a question with all answers takes a millisecond or two: others get their turn after so many. */
const MATCHED_AT_ONCE = 20;

/** Gathers what the turns ask by meaning, and says of each what became of it. */
export async function gatherQuestions(
  turns: readonly CandidateTurn[],
  answers: AnswersNow,
  shopLanguage: 'fa' | 'en',
): Promise<UnansweredQuestion[]> {
  const asked = turns.flatMap((turn): UnansweredAsking[] => {
    const kind = kindOf(turn);
    if (!kind) return [];
    const atMs = turn.createdAt.getTime();
    return questionsOf(turn.texts, kind, turn).map((text, position) => ({
      ...{ text, atMs, kind, turn, position },
    }));
  });
  const matchFaq = createFaqMatcher();
  const questions: UnansweredQuestion[] = [];
  for (const [at, group] of groupByMeaning(asked).entries()) {
    if (at % MATCHED_AT_ONCE === MATCHED_AT_ONCE - 1) await setImmediate();
    const faqId = answeredBy(group, answers, matchFaq);
    const isDismissed = group.asked.some(({ turn, position }) => turn.dismissed.includes(position));
    questions.push({
      ...group,
      id: group.asked.at(-1)?.turn.decisionId ?? '',
      kind: mostFrequent(group.asked.map(({ kind }) => kind)) ?? 'not_known',
      language: detectLanguage(group.question) ?? shopLanguage,
      state: isDismissed ? 'dismissed' : faqId === undefined ? 'open' : 'answered',
      isAnswered: faqId !== undefined,
      faqId: faqId ?? null,
    });
  }
  return questions;
}

/**
 * What answers most of the askings by now: the shop's answer, null for its opening hours, undefined while there is nothing. A
 * wording that the bot would still not take for the question keeps no group open by itself.
 */
function answeredBy(
  { question, wordings }: QuestionGroup<UnansweredAsking>,
  answers: AnswersNow,
  matchFaq: FaqMatcher,
) {
  const { faqs, tellsHours } = answers;
  const answerTo = (text: string): string | null | undefined => {
    const found = matchFaq(text, faqs);
    if (found) return faqs.find((faq) => faq === found)?.id;
    return tellsHours && detectIntents(text).includes('hours') ? null : undefined;
  };
  const first = answerTo(question);
  if (first === undefined) return undefined;
  const total = wordings.reduce((sum, { count }) => sum + count, 0);
  const answered = wordings.reduce((sum, { text, count }) => sum + (answerTo(text) === undefined ? 0 : count), 0);
  return answered * 2 > total ? first : undefined;
}

function mostFrequent<Word>(words: readonly Word[]): Word | undefined {
  const counts = new Map<Word, number>();
  for (const word of words) counts.set(word, (counts.get(word) ?? 0) + 1);
  return [...counts].sort((a, b) => b[1] - a[1])[0]?.[0];
}
