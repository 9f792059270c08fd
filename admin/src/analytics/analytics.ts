import type { z } from 'zod';
import type { qualityAnswer, summaryAnswer } from '../../../src/analytics/analytics.actions.ts';

/** What the server's analytics answer. */
export type Counted = Summary['intents'][number];

export type Summary = z.output<typeof summaryAnswer>;

export type Quality = z.output<typeof qualityAnswer>;
