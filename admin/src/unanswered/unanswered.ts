import type { z } from 'zod';
import type { triedAnswer, unansweredAnswer } from '../../../src/faqs/unanswered/actions.ts';

/** What `GET /api/unanswered-questions` answers. */
export type UnansweredList = z.output<typeof unansweredAnswer>;
export type UnansweredQuestion = UnansweredList['questions'][number];
export type QuestionState = UnansweredQuestion['state'];

/** What the bot would say to the gathered wordings with an answer that is not published yet. */
export type TriedAnswer = z.output<typeof triedAnswer>;

export const QUESTION_STATES = ['open', 'answered', 'dismissed'] as const satisfies readonly QuestionState[];
