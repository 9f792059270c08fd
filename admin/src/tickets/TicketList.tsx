import Box from '@mui/material/Box';
import { DataTable, useCanAccess, useDataProvider, useGetIdentity } from 'react-admin';
import { CHANNEL_FILTER } from '../channels/ChannelFilter.tsx';
import { ConversationLink } from '../fields/ConversationLink.tsx';
import { Moment } from '../fields/Moment.tsx';
import { Word } from '../fields/Word.tsx';
import { WordChip } from '../fields/WordChip.tsx';
import { ActionButton } from '../layout/ActionButton.tsx';
import { contactNameOf } from '../layout/contact-name.ts';
import { RecordList } from '../layout/RecordList.tsx';
import { searchFilter, wordFilter } from '../layout/word-filter.tsx';
import type { Ticket } from '../records.ts';
import { TicketNote } from './TicketNote.tsx';

const FILTERS = [searchFilter, wordFilter('state', 'ticket_state', ['open', 'solved'], true), CHANNEL_FILTER];

interface AssignedTicket extends Ticket {
  assigneeId: string | null;
  assigneeName: string | null;
}

const Column = DataTable.Col<AssignedTicket>;

export default function TicketList() {
  return (
    <RecordList filters={FILTERS} sort={{ field: 'createdAt', order: 'DESC' }} emptyWords="tickets">
      <DataTable<AssignedTicket> rowClick={false} bulkActionButtons={false}>
        <Column
          source="contactName"
          render={(row) => <ConversationLink conversationId={row.conversationId} name={contactNameOf(row)} />}
        />
        <Column source="state" render={(row) => <WordChip words="ticket_state" value={row.state} />} />
        <Column source="reason" render={(row) => <Word words="ticket_reason" value={row.reason} />} />
        <Column source="note" disableSort render={(row) => <TicketNote note={row.note} />} />
        <Column source="assigneeName" disableSort render={(row) => <bdi>{row.assigneeName}</bdi>} />
        <Column source="createdAt" render={(row) => <Moment at={row.createdAt} />} />
        <Column label="peyk.action_column" render={(row) => <TicketButtons ticket={row} />} />
      </DataTable>
    </RecordList>
  );
}

function TicketButtons({ ticket }: { ticket: AssignedTicket }) {
  const dataProvider = useDataProvider();
  const { identity } = useGetIdentity();
  const { canAccess } = useCanAccess({ resource: 'tickets', action: 'manage' });
  if (!canAccess) return null;
  const change = (data: object) => dataProvider.update('tickets', { id: ticket.id, data, previousData: ticket });
  if (ticket.state !== 'open') {
    return <ActionButton action="reopen" done="reopened" variant="text" run={() => change({ state: 'open' })} />;
  }
  return (
    <Box sx={{ display: 'flex', gap: 1 }}>
      {identity && ticket.assigneeId !== identity.id && (
        <ActionButton action="assign_me" done="assigned" run={() => change({ assigneeId: identity.id })} />
      )}
      <ActionButton action="solve" done="solved" run={() => change({ state: 'solved' })} />
    </Box>
  );
}
