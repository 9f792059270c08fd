import type { FeatureFigures } from '../platform/http/feature-figures.ts';
import { readBacklog, readUnsorted } from './backlog-store.ts';

/** What came in and waits. */
export const inboxFigures: FeatureFigures = {
  describe: {
    peyk_webhooks_waiting: { help: 'Webhooks that were acknowledged and are not sorted into conversations.' },
    peyk_webhooks_oldest_seconds: { help: 'Age of the oldest of them; 0 when none waits.' },
    peyk_conversations_due: { help: 'Conversations whose events should have been handed to Temporal by now.' },
    peyk_conversations_due_oldest_seconds: { help: 'How late the latest of them is; 0 when none is due.' },
  },
  async read({ db, nowMs }) {
    const [unsorted, backlog] = await Promise.all([readUnsorted(db), readBacklog(db, new Date(nowMs))]);
    const age = (since: Date | null) => (since === null ? 0 : Math.max(0, (nowMs - since.getTime()) / 1000));
    return [
      { name: 'peyk_webhooks_waiting', value: unsorted.count },
      { name: 'peyk_webhooks_oldest_seconds', value: age(unsorted.oldestAt) },
      { name: 'peyk_conversations_due', value: backlog.due },
      { name: 'peyk_conversations_due_oldest_seconds', value: age(backlog.oldestDueAt) },
    ];
  },
};
