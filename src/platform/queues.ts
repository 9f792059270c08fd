/** Task queues beside that of conversations, which has the number of its core in its name. Sends have their own, because activities started eagerly with a workflow task would pass every rate limit by. */
export const QUEUES = {
  sends: 'sends',
  catalog: 'catalog',
  /** What looks after the rest; it must not wait for any of it. */
  upkeep: 'upkeep',
} as const;
