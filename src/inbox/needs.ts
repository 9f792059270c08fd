import type { ChannelName, Connector } from '../channels/connector.ts';
import type { Inbox } from './inbox.ts';

/** What actions on what came in work with. */
export interface InboxNeeds {
  connectors: ReadonlyMap<ChannelName, Connector>;
  inbox: Pick<Inbox, 'accept' | 'ingest'>;
  /** Called when an event was put back for the relay. */
  wakeRelay: () => void;
}
