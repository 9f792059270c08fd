import type { Client } from '@temporalio/client';
import proto, { type temporal } from '@temporalio/proto';

const { EventType } = proto.temporal.api.enums.v1;
type Event = temporal.api.history.v1.IHistoryEvent;

/** What Temporal Cloud would bill, counted from a workflow's history. */
export interface ActionCount {
  total: number;
  signals: number;
  activities: number;
  timers: number;
  /** Workflow tasks that ran local activities: all of one task's are one action. */
  localActivityTasks: number;
  updates: number;
  other: number;
}

/** Loads the whole history of a workflow's latest run. */
export async function loadHistory(client: Client, workflowId: string): Promise<Event[]> {
  return (await client.workflow.getHandle(workflowId).fetchHistory()).events ?? [];
}

/**
 * Counts actions. A start together with its first signal is one. Each attempt of an activity is one; those that history
 * does not show by events of their own are in `attempt`. Heartbeats leave no trace and are not counted.
 */
export function countActions(events: readonly Event[]): ActionCount {
  const of = (type: keyof typeof temporal.api.enums.v1.EventType) =>
    events.filter((event) => event.eventType === EventType[type]);
  const markers = of('EVENT_TYPE_MARKER_RECORDED').map((event) => event.markerRecordedEventAttributes);
  const local = markers.filter((marker) => marker?.markerName === 'core_local_activity');
  const count = {
    signals: of('EVENT_TYPE_WORKFLOW_EXECUTION_SIGNALED').length,
    activities: of('EVENT_TYPE_ACTIVITY_TASK_STARTED').reduce(
      (sum, event) => sum + (event.activityTaskStartedEventAttributes?.attempt ?? 1),
      0,
    ),
    timers: of('EVENT_TYPE_TIMER_STARTED').length,
    localActivityTasks: new Set(local.map((marker) => String(marker?.workflowTaskCompletedEventId))).size,
    updates: of('EVENT_TYPE_WORKFLOW_EXECUTION_UPDATE_ACCEPTED').length,
    other: of('EVENT_TYPE_UPSERT_WORKFLOW_SEARCH_ATTRIBUTES').length + markers.length - local.length,
  };
  return { total: Object.values(count).reduce((sum, part) => sum + part, 0), ...count };
}

/** Bytes of a history as Temporal counts them. */
export async function historyBytes(client: Client, workflowId: string): Promise<number> {
  const { raw } = await client.workflow.getHandle(workflowId).describe();
  return Number(raw.workflowExecutionInfo?.historySizeBytes ?? 0);
}
