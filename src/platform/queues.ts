/** Task queues. Sends have their own, because activities started eagerly with a workflow task would pass every rate limit by. */
export const QUEUES = {
  conversations: 'conversations',
  sends: 'sends',
  catalog: 'catalog',
} as const;
