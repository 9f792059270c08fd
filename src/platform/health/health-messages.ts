/** How a part can be, in words. `%{…}` stands for a parameter. */
interface HealthMessage {
  message: string;
  /** What a person can do; empty when there is nothing to do. */
  action: string;
}

/**
 * Every state of every part, by a code that stays. The panel has the same texts in each of its languages, and a test holds
 * the two together.
 */
export const HEALTH_MESSAGES = {
  db_ok: { message: 'PostgreSQL answers.', action: '' },
  db_down: {
    message: 'PostgreSQL does not answer: webhooks are refused with 503 and sent again by the channels.',
    action: 'Start PostgreSQL, or check DATABASE_URL, its disk and its limit of connections.',
  },
  migrations_ok: { message: 'The database has the shape of this release.', action: '' },
  migrations_down: {
    message: 'A migration is missing or was interrupted.',
    action: 'Run: npm run peyk -- migrate',
  },
  temporal_ok: { message: 'Temporal answers.', action: '' },
  temporal_down: {
    message: 'Temporal does not answer: messages are stored, and answered when it is back.',
    action: 'Start Temporal, or check TEMPORAL_ADDRESS and its certificates.',
  },
  worker_ok: { message: 'A worker takes conversations.', action: '' },
  worker_down: {
    message: 'No worker takes conversations: nothing is answered.',
    action: 'Start a worker (npm start does), and read its log if it keeps ending.',
  },
  part_ok: { message: 'It works.', action: '' },
  part_down: { message: 'It does not answer.', action: 'Read the log of the API.' },
  inbox_ok: { message: 'What the channels sent is sorted into conversations at once.', action: '' },
  inbox_late: {
    message: '%{count} deliveries of the channels wait to be sorted into conversations, the oldest for %{seconds} s.',
    action: 'They are safe. When the number does not fall, read the log of the API.',
  },
  relay_ok: { message: 'What is due is handed to Temporal at once.', action: '' },
  relay_late: {
    message: '%{count} conversations wait to be handed to Temporal, the oldest for %{seconds} s.',
    action: 'See whether Temporal and a worker run; what waits is handed over by itself.',
  },
  events_none: { message: 'No event waits.', action: '' },
  events_waiting: { message: 'The oldest event that waits was stored %{seconds} s ago.', action: '' },
  events_stuck: {
    message: 'An event waits since %{seconds} s, longer than it should.',
    action: 'If Temporal and a worker run, look at the inbound events without a time of hand-over.',
  },
  runs_agree: { message: 'Every conversation runs as its rows say.', action: '' },
  runs_differ: {
    message: '%{count} conversations do not run as their rows say; they are being mended.',
    action: 'If the number does not fall, run: npm run peyk -- reconcile',
  },
  runs_stuck: {
    message: '%{count} conversations were stuck and were begun anew.',
    action: 'Read the app log: it names them and their fault. Their customers are marked as waiting for a person.',
  },
  runs_unseen: {
    message: 'Nobody has compared conversations with their rows for %{seconds} s.',
    action: 'See whether Temporal and a worker run; the comparison begins again by itself.',
  },
  sends_settled: { message: 'Every send has an outcome.', action: '' },
  sends_unknown: {
    message: 'Of %{count} messages nobody knows whether they arrived.',
    action: 'Look at them under outbound messages: mark each as sent, or send it again.',
  },
  accounts_ok: { message: 'No channel refuses a token.', action: '' },
  accounts_refused: {
    message: 'The channel refuses the token of: %{names}.',
    action: 'Connect these accounts again under accounts.',
  },
} as const satisfies Record<string, HealthMessage>;

export type HealthCode = keyof typeof HEALTH_MESSAGES;
export const HEALTH_CODES = Object.keys(HEALTH_MESSAGES) as [HealthCode, ...HealthCode[]];

/** The code of a part that answers or does not; one that we have no words for gets general ones. */
export function processCode(part: string, works: boolean): HealthCode {
  const end = works ? 'ok' : 'down';
  const code = `${part}_${end}`;
  return Object.hasOwn(HEALTH_MESSAGES, code) ? (code as HealthCode) : `part_${end}`;
}

/** The code's texts in English, parameters filled in. */
export function describeHealth(code: HealthCode, params: Readonly<Record<string, string | number>> = {}) {
  const { message, action } = HEALTH_MESSAGES[code];
  const filled = message.replaceAll(/%\{(\w+)\}/g, (_, name: string) => String(params[name] ?? ''));
  return { code, params, message: filled, action };
}
