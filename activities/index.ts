import type { createCatalogActivities } from './catalog.activities.ts';
import { createDecideActivities, type DecideGiven } from './decide.activities.ts';
import { createRecordActivities, type RecordDeps } from './record.activities.ts';
import { createSendActivities, type SendDeps } from './send.activities.ts';

export type ActivitiesDeps = DecideGiven & SendDeps & RecordDeps;

/** Everything that workflows may ask of the outside world. */
export function createActivities(deps: ActivitiesDeps) {
  return { ...createDecideActivities(deps), ...createSendActivities(deps), ...createRecordActivities(deps) };
}

export type Activities = ReturnType<typeof createActivities>;

/** What the workers of the queue `catalog` do beside. They answer nobody, so they share no queue with those who do. */
export type CatalogActivities = ReturnType<typeof createCatalogActivities>;
