import { z } from 'zod';
import type { Database } from '../database/client.ts';
import type { HealthMessages } from './health-messages.ts';

export const healthPart = z.object({
  name: z.string(),
  state: z.enum(['ok', 'warning', 'failing']),
  /** How it is and what to do, in English. */
  note: z.string(),
  /** Names the two sentences of the note, for readers of another language. */
  code: z.string(),
  params: z.record(z.string(), z.union([z.string(), z.number()])),
  /** How it is, in one sentence. */
  message: z.string(),
  /** What a person can do; empty when there is nothing to do. */
  action: z.string(),
});

export type HealthPart = z.output<typeof healthPart>;

interface HealthContext {
  db: Database;
  nowMs: number;
}

/** What a feature says about how it goes. */
export interface FeatureHealth {
  messages: HealthMessages;
  /** For the whole installation; one that is not ok makes `/readyz` yellow. Asked often: it must be cheap. */
  shared?: (context: HealthContext) => Promise<HealthPart[]>;
  /** For one business, in the panel only. */
  ofBusiness?: (context: HealthContext & { businessId: string }) => Promise<HealthPart[]>;
}
