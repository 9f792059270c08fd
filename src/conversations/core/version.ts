/**
 * Which core this release has. Raise it by one with every change after which a running conversation would not replay: another
 * order of commands, another input of an activity, another shape of the state. The replay tests fail until that is done.
 *
 * Conversations of another number are founded anew from their rows (`src/conversations/reconcile`), so no old code is kept.
 */
export const CORE_VERSION = 4;

/** Workers ask only for conversations of their own core. */
export const CONVERSATIONS_QUEUE = queueOfCore(CORE_VERSION);

/** The task queue of a core's conversations. */
export function queueOfCore(version: number): string {
  return `conversations-v${version}`;
}

/** The core that a task queue of conversations belongs to; 0 for one from before cores had numbers. */
export function coreOfQueue(queue: string): number {
  return Number(/^conversations-v(\d+)$/.exec(queue)?.[1] ?? 0);
}
