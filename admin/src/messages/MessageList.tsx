import { DataTable, useTranslate } from 'react-admin';
import { CHANNEL_FILTER } from '../channels/ChannelFilter.tsx';
import { AuthorName } from '../fields/AuthorName.tsx';
import { ConversationLink } from '../fields/ConversationLink.tsx';
import { CustomerText } from '../fields/CustomerText.tsx';
import { Moment } from '../fields/Moment.tsx';
import { Word } from '../fields/Word.tsx';
import { contactNameOf } from '../layout/contact-name.ts';
import { RecordList } from '../layout/RecordList.tsx';
import { searchFilter, wordFilter } from '../layout/word-filter.tsx';
import type { Message } from '../records.ts';

const FILTERS = [
  searchFilter,
  wordFilter('direction', 'direction', ['in', 'out'], true),
  wordFilter('author', 'author', ['customer', 'bot', 'human', 'page']),
  CHANNEL_FILTER,
];

const Column = DataTable.Col<Message>;

export default function MessageList() {
  return (
    <RecordList filters={FILTERS} sort={{ field: 'createdAt', order: 'DESC' }} emptyWords="generic">
      <DataTable<Message> rowClick={false} bulkActionButtons={false}>
        <Column
          source="contactName"
          render={(row) => <ConversationLink conversationId={row.conversationId} name={contactNameOf(row)} />}
        />
        <Column source="author" render={(row) => <AuthorName entry={row} />} />
        <Column source="kind" render={(row) => <Word words="message_kind" value={row.kind} />} />
        <Column source="text" disableSort render={(row) => <Said row={row} />} />
        <Column source="createdAt" render={(row) => <Moment at={row.createdAt} />} />
      </DataTable>
    </RecordList>
  );
}

function Said({ row }: { row: Message }) {
  const translate = useTranslate();
  if (row.unsentAt) return <em>{translate('peyk.said.unsent')}</em>;
  return (
    <>
      <CustomerText text={row.text} />
      {row.reaction} {row.editedAt && <small>{translate('peyk.said.edited')}</small>}
    </>
  );
}
