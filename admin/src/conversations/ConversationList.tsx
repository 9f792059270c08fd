import type { Theme } from '@mui/material/styles';
import useMediaQuery from '@mui/material/useMediaQuery';
import { DataTable } from 'react-admin';
import { ConversationLink } from '../fields/ConversationLink.tsx';
import { CustomerText } from '../fields/CustomerText.tsx';
import { Countdown, Moment } from '../fields/Moment.tsx';
import { Word } from '../fields/Word.tsx';
import { WordChip } from '../fields/WordChip.tsx';
import { contactNameOf } from '../layout/contact-name.ts';
import { RecordList } from '../layout/RecordList.tsx';
import { CHANNEL_FILTER, searchFilter, wordFilter } from '../layout/word-filter.tsx';
import type { Conversation } from '../records.ts';
import { ConversationCards } from './ConversationCards.tsx';

const FILTERS = [
  searchFilter,
  wordFilter('mode', 'mode', ['bot', 'human', 'paused'], true),
  wordFilter('status', 'status', ['open', 'window_closed', 'closed'], true),
  CHANNEL_FILTER,
];

const Column = DataTable.Col<Conversation>;

export default function ConversationList() {
  const isPhone = useMediaQuery<Theme>((theme) => theme.breakpoints.down('sm'));
  return (
    <RecordList filters={FILTERS} sort={{ field: 'lastMessageAt', order: 'DESC' }} emptyWords="conversations">
      {isPhone ? <ConversationCards /> : <ConversationTable />}
    </RecordList>
  );
}

function ConversationTable() {
  return (
    <DataTable<Conversation> rowClick={false} bulkActionButtons={false}>
      <Column
        source="contactName"
        render={(row) => <ConversationLink conversationId={row.id} name={contactNameOf(row)} />}
      />
      <Column source="channel" render={(row) => <Word words="channel" value={row.channel} />} />
      <Column source="mode" render={(row) => <WordChip words="mode" value={row.mode} />} />
      <Column source="status" render={(row) => <Word words="status" value={row.status} />} />
      <Column source="lastMessageText" disableSort render={(row) => <CustomerText text={row.lastMessageText} />} />
      <Column source="lastMessageAt" render={(row) => <Moment at={row.lastMessageAt} />} />
      <Column source="windowExpiresAt" render={(row) => <Countdown at={row.windowExpiresAt} />} />
      <Column source="followUpDueAt" render={(row) => <Moment at={row.followUpDueAt} />} />
    </DataTable>
  );
}
