import type { Database } from '../platform/database/client.ts';
import type { FeatureFigures } from '../platform/http/feature-figures.ts';
import { readUnsent } from './backlog-store.ts';

/** Outcomes are of messages that were planned within this time. */
const RECENT_MINUTES = 15;

/** What is to be sent, and what became of it. */
export const outboxFigures: FeatureFigures = {
  describe: {
    peyk_sends_waiting: { help: 'Messages that should have left by now and have no outcome.' },
    peyk_sends_oldest_seconds: { help: 'How long the oldest of them waits; 0 when none does.' },
    peyk_sends_recent: {
      help: `Messages planned in the last ${RECENT_MINUTES} minutes, by channel and what became of them.`,
      labelNames: ['channel', 'state'],
    },
  },
  async read({ db, nowMs }) {
    const [unsent, recent] = await Promise.all([readUnsent(db, new Date(nowMs)), readRecentSends(db)]);
    const oldest = unsent.oldestAt === null ? 0 : Math.max(0, (nowMs - unsent.oldestAt.getTime()) / 1000);
    return [
      { name: 'peyk_sends_waiting', value: unsent.count },
      { name: 'peyk_sends_oldest_seconds', value: oldest },
      ...recent.map(({ channel, state, count }) => ({
        name: 'peyk_sends_recent',
        labels: { channel, state },
        value: Number(count),
      })),
    ];
  },
};

/** Ids rise with time, so the primary key finds what is young. */
function readRecentSends(db: Database): Promise<{ channel: string; state: string; count: bigint }[]> {
  return db.$queryRaw`
    SELECT c.channel, o.state, count(*) AS count
    FROM outbound_messages o JOIN conversations c ON c.id = o.conversation_id
    WHERE o.id > (SELECT uuidv7(make_interval(mins => -${RECENT_MINUTES}::int)))
    GROUP BY 1, 2`;
}
