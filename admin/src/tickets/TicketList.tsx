import { DataTable, useCanAccess, useDataProvider } from 'react-admin';
import { ConversationLink } from '../fields/ConversationLink.tsx';
import { CustomerText } from '../fields/CustomerText.tsx';
import { Moment } from '../fields/Moment.tsx';
import { Word } from '../fields/Word.tsx';
import { WordChip } from '../fields/WordChip.tsx';
import { ActionButton } from '../layout/ActionButton.tsx';
import { contactNameOf } from '../layout/contact-name.ts';
import { RecordList } from '../layout/RecordList.tsx';
import { CHANNEL_FILTER, searchFilter, wordFilter } from '../layout/word-filter.tsx';
import type { Ticket } from '../records.ts';

const FILTERS = [searchFilter, wordFilter('state', 'ticket_state', ['open', 'solved'], true), CHANNEL_FILTER];

const Column = DataTable.Col<Ticket>;

export default function TicketList() {
  return (
    <RecordList filters={FILTERS} sort={{ field: 'createdAt', order: 'DESC' }} emptyWords="tickets">
      <DataTable<Ticket> rowClick={false} bulkActionButtons={false}>
        <Column
          source="contactName"
          render={(row) => <ConversationLink conversationId={row.conversationId} name={contactNameOf(row)} />}
        />
        <Column source="state" render={(row) => <WordChip words="ticket_state" value={row.state} />} />
        <Column source="reason" render={(row) => <Word words="ticket_reason" value={row.reason} />} />
        <Column source="note" disableSort render={(row) => <CustomerText text={row.note} />} />
        <Column source="createdAt" render={(row) => <Moment at={row.createdAt} />} />
        <Column label="peyk.action_column" render={(row) => <SolveButton ticket={row} />} />
      </DataTable>
    </RecordList>
  );
}

function SolveButton({ ticket }: { ticket: Ticket }) {
  const dataProvider = useDataProvider();
  const { canAccess } = useCanAccess({ resource: 'tickets', action: 'manage' });
  if (ticket.state !== 'open' || !canAccess) return null;
  const data = { state: 'solved' };
  return (
    <ActionButton
      action="solve"
      done="solved"
      run={() => dataProvider.update('tickets', { id: ticket.id, data, previousData: ticket })}
    />
  );
}
