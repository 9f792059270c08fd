import { createDecideActivities, type DecideDeps } from './decide.activities.ts';
import { createRecordActivities, type RecordDeps } from './record.activities.ts';
import { createSendActivities, type SendDeps } from './send.activities.ts';

export type ActivitiesDeps = DecideDeps & SendDeps & RecordDeps;

/** Everything that workflows may ask of the outside world. */
export function createActivities(deps: ActivitiesDeps) {
  return { ...createDecideActivities(deps), ...createSendActivities(deps), ...createRecordActivities(deps) };
}

export type Activities = ReturnType<typeof createActivities>;
