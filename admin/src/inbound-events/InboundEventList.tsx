import { DataTable, useCanAccess, useLocale } from 'react-admin';
import { CHANNEL_FILTER } from '../channels/ChannelFilter.tsx';
import { ConversationLink } from '../fields/ConversationLink.tsx';
import { Moment } from '../fields/Moment.tsx';
import { formatNumber } from '../fields/moment.ts';
import { Word } from '../fields/Word.tsx';
import { ActionButton } from '../layout/ActionButton.tsx';
import { contactNameOf } from '../layout/contact-name.ts';
import { RecordList } from '../layout/RecordList.tsx';
import { searchFilter, wordFilter } from '../layout/word-filter.tsx';
import { useOperator } from '../providers/use-operator.ts';
import type { InboundEvent } from '../records.ts';
import { QuarantineNotice } from './QuarantineNotice.tsx';

const KINDS = ['message', 'page_message', 'echo', 'read', 'reaction', 'edit', 'unsend', 'opt_out', 'opt_in', 'ignored'];
const FILTERS = [searchFilter, wordFilter('kind', 'event_kind', KINDS, true), CHANNEL_FILTER];

const Column = DataTable.Col<InboundEvent>;

export default function InboundEventList() {
  const locale = useLocale() ?? 'en';
  return (
    <RecordList filters={FILTERS} sort={{ field: 'receivedAt', order: 'DESC' }} emptyWords="generic">
      <QuarantineNotice />
      <DataTable<InboundEvent> rowClick={false} bulkActionButtons={false}>
        <Column
          source="contactName"
          render={(row) => <ConversationLink conversationId={row.conversationId} name={contactNameOf(row)} />}
        />
        <Column source="kind" render={(row) => <Word words="event_kind" value={row.kind} />} />
        <Column source="receivedAt" render={(row) => <Moment at={row.receivedAt} />} />
        <Column source="dispatchedAt" render={(row) => <Moment at={row.dispatchedAt} />} />
        <Column source="replayCount" render={(row) => formatNumber(row.replayCount, locale)} />
        <Column label="peyk.action_column" render={(row) => <ReplayButton event={row} />} />
      </DataTable>
    </RecordList>
  );
}

function ReplayButton({ event }: { event: InboundEvent }) {
  const operator = useOperator();
  const { canAccess } = useCanAccess({ resource: 'inbound-events', action: 'manage' });
  if (!canAccess) return null;
  return <ActionButton action="replay" done="replayed" confirm="replay" run={() => operator.replayEvent(event.id)} />;
}
