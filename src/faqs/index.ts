import type { Feature } from '../platform/feature.ts';
import type { ReplyNeeds } from '../replies/needs.ts';
import { faqs } from './resource.ts';
import { dismissUnanswered, listUnanswered, restoreUnanswered, tryAnswer } from './unanswered/actions.ts';

/** The shop's own answers to common questions, and the questions that still have none. */
export const faqsFeature: Feature<ReplyNeeds> = {
  name: 'faqs',
  resources: [faqs],
  actions: [listUnanswered, dismissUnanswered, restoreUnanswered, tryAnswer],
};
