import type { Channels } from '../channels/channel.ts';
import type { Inbox } from './inbox.ts';

/** What actions on what came in work with. */
export interface InboxNeeds {
  channels: Channels;
  inbox: Pick<Inbox, 'accept' | 'ingest'>;
  /** Called when an event was put back for the relay. */
  wakeRelay: () => void;
}
