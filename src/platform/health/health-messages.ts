/** How a part can be, in words. `%{…}` stands for a parameter. */
export interface HealthMessage {
  message: string;
  /** What a person can do; empty when there is nothing to do. */
  action: string;
}

/** Texts of states, by a code that stays. The panel has the same in each of its languages, and a test holds them together. */
export type HealthMessages = Readonly<Record<string, HealthMessage>>;

/** The states of what this process needs. */
export const PROCESS_MESSAGES = {
  db_ok: { message: 'PostgreSQL answers.', action: '' },
  db_down: {
    message: 'PostgreSQL does not answer: webhooks are refused with 503 and sent again by the channels.',
    action: 'Start PostgreSQL, or check DATABASE_URL, its disk and its limit of connections.',
  },
  db_connections: {
    message: 'PostgreSQL takes no more connections: all that it allows are in use.',
    action:
      'See who holds them (pg_stat_activity), end what is not needed, or raise max_connections of PostgreSQL; more workers need more.',
  },
  db_waiting: {
    message: 'PostgreSQL does not answer in time: it hangs, or the network drops what is sent to it.',
    action: 'See what it is busy with (pg_stat_activity, its disk) and the network to it; restart it if it hangs.',
  },
  migrations_ok: { message: 'The database has the shape of this release.', action: '' },
  migrations_down: {
    message: 'A migration is missing or was interrupted.',
    action: 'Run: npm run peyk -- migrate',
  },
  storing_ok: { message: 'Webhooks are stored.', action: '' },
  storing_down: {
    message: 'The last webhooks could not be stored: they are refused with 503 and sent again by the channels.',
    action: 'See whether the disk of PostgreSQL is full, and read the log of the API: it says why.',
  },
  storing_full: {
    message:
      'The disk of PostgreSQL is full: webhooks cannot be stored, are refused with 503 and sent again by the channels.',
    action: 'Make room on the disk of PostgreSQL now, or enlarge it; everything goes on by itself afterwards.',
  },
  temporal_ok: { message: 'Temporal answers.', action: '' },
  temporal_down: {
    message: 'Temporal does not answer: messages are stored, and answered when it is back.',
    action: 'Start Temporal, or check TEMPORAL_ADDRESS and its certificates.',
  },
  temporal_unprepared: {
    message:
      'Temporal does not know the search attributes of conversations: its store was lost or replaced. It is told them again.',
    action:
      'It takes seconds. When it lasts, add them by hand: PeykChannel, PeykAccount, PeykBusiness and PeykMode, each of type Keyword.',
  },
  worker_ok: { message: 'A worker takes conversations.', action: '' },
  worker_down: {
    message: 'No worker takes conversations: nothing is answered.',
    action: 'Start a worker (npm start does), and read its log if it keeps ending.',
  },
  part_ok: { message: 'It works.', action: '' },
  part_unknown: {
    message: 'It cannot be looked at.',
    action: 'When this lasts longer than a minute, read the log of the API.',
  },
  part_down: { message: 'It does not answer.', action: 'Read the log of the API.' },
} as const satisfies HealthMessages;

export type ProcessCode = keyof typeof PROCESS_MESSAGES;

/** The code of a part that answers or does not; one that we have no words for gets general ones. */
export function processCode(part: string, works: boolean): ProcessCode {
  const end = works ? 'ok' : 'down';
  const code = `${part}_${end}`;
  return Object.hasOwn(PROCESS_MESSAGES, code) ? (code as ProcessCode) : `part_${end}`;
}

/** The code's texts in English, parameters filled in. */
export function describeHealth<M extends HealthMessages>(
  messages: M,
  code: keyof M & string,
  params: Readonly<Record<string, string | number>> = {},
) {
  const { message, action } = messages[code] as HealthMessage;
  const filled = message.replaceAll(/%\{(\w+)\}/g, (_, name: string) => String(params[name] ?? ''));
  const note = action === '' ? filled : `${filled} ${action}`;
  return { code, params: { ...params }, note, message: filled, action };
}
