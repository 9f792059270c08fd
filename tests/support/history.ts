import type { temporal } from '@temporalio/proto';

export type History = temporal.api.history.v1.IHistory;
type HistoryEvent = temporal.api.history.v1.IHistoryEvent;

/**
 * What Temporal Cloud would bill for a history: start, signal, update, timer, activity, upsert, and one for all local
 * activities of a workflow task. A start that came with a signal is one together with it. Retries are not in a history.
 */
export function countActions(history: History): number {
  const events = history.events ?? [];
  const starts = events.filter((event) => event.workflowExecutionStartedEventAttributes).length;
  const has = (event: HistoryEvent) =>
    event.workflowExecutionSignaledEventAttributes ||
    event.workflowExecutionUpdateAcceptedEventAttributes ||
    event.timerStartedEventAttributes ||
    event.activityTaskScheduledEventAttributes ||
    event.upsertWorkflowSearchAttributesEventAttributes;
  const signalsAtStart = events[1]?.workflowExecutionSignaledEventAttributes ? 1 : 0;
  const tasksWithMarkers = new Set(
    events.flatMap((event) => {
      const marker = event.markerRecordedEventAttributes;
      return marker ? [String(marker.workflowTaskCompletedEventId)] : [];
    }),
  );
  return starts - signalsAtStart + events.filter(has).length + tasksWithMarkers.size;
}

/** Everything that is readable in a history: its JSON with the payloads decoded. */
export function readableText(history: History): string {
  return JSON.stringify(history, (key, value: unknown) =>
    key === 'data' && typeof value === 'string' ? Buffer.from(value, 'base64').toString('utf8') : value,
  );
}

/** Workflow tasks that failed: what a change that is not deterministic leaves behind. */
export function failedTasks(history: History): HistoryEvent[] {
  return (history.events ?? []).filter((event) => event.workflowTaskFailedEventAttributes);
}
