import Box from '@mui/material/Box';
import { useCanAccess, useGetList, useTranslate } from 'react-admin';
import { Moment } from '../fields/Moment.tsx';
import { Word } from '../fields/Word.tsx';
import { usePollMs } from '../live/live-state.ts';
import type { Conversation, Ticket } from '../records.ts';
import { TicketNote } from '../tickets/TicketNote.tsx';
import { Part } from './Part.tsx';

/** What waits for a person in this conversation. */
export function TicketsPart({ record }: { record: Conversation }) {
  const translate = useTranslate();
  const { canAccess } = useCanAccess({ resource: 'tickets', action: 'view' });
  const { data: tickets = [] } = useGetList<Ticket>(
    'tickets',
    {
      filter: { conversationId: record.id, state: 'open' },
      pagination: { page: 1, perPage: 20 },
      sort: { field: 'createdAt', order: 'DESC' },
    },
    { enabled: canAccess === true, refetchInterval: usePollMs() },
  );
  return (
    <Part label="tickets">
      {tickets.length === 0 && translate('peyk.card.no_tickets')}
      <Box component="ul" sx={{ listStyle: 'none', m: 0, p: 0, display: 'grid', gap: 1 }}>
        {tickets.map((ticket) => (
          <li key={ticket.id}>
            <Word words="ticket_reason" value={ticket.reason} /> · <Moment at={ticket.createdAt} />
            {ticket.note !== '' && <TicketNote note={ticket.note} />}
          </li>
        ))}
      </Box>
    </Part>
  );
}
