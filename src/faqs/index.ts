import type { Feature } from '../platform/feature.ts';
import { faqs } from './resource.ts';

/** The shop's own answers to common questions. */
export const faqsFeature: Feature = {
  name: 'faqs',
  resources: [faqs],
};
