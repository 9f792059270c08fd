import type { Queries } from '../platform/database/client.ts';

/**
 * Plans rows of the ledger whose words are made only when they are due, under ids that were given out before. Ids that are not
 * its own are left alone. May be repeated: each is planned once.
 */
export type PlanDueTexts = (db: Queries, outboundIds: readonly string[]) => Promise<void>;

/** What a feature has to do with sends. */
export interface OutboxFeature {
  planDueTexts?: PlanDueTexts;
}
