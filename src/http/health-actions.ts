/** What each part that is asked directly is for, and what to do when it does not answer. */
export const HEALTH_PARTS: Readonly<Record<string, { works: string; fails: string; action: string }>> = {
  db: {
    works: 'PostgreSQL answers.',
    fails: 'PostgreSQL does not answer: webhooks are refused with 503 and sent again by the channels.',
    action: 'Start PostgreSQL, or check DATABASE_URL, its disk and its limit of connections.',
  },
  migrations: {
    works: 'The database has the shape of this release.',
    fails: 'A migration is missing or was interrupted.',
    action: 'Run: npm run peyk -- migrate',
  },
  temporal: {
    works: 'Temporal answers.',
    fails: 'Temporal does not answer: messages are stored, and answered when it is back.',
    action: 'Start Temporal, or check TEMPORAL_ADDRESS and its certificates.',
  },
  worker: {
    works: 'A worker takes conversations.',
    fails: 'No worker takes conversations: nothing is answered.',
    action: 'Start a worker (npm start does), and read its log if it keeps ending.',
  },
};

/** What `/readyz` adds for a part that is down. */
export function actionFor(part: string): string {
  return HEALTH_PARTS[part]?.action ?? 'Read the log of the API.';
}
