import { DataTable } from 'react-admin';
import { CHANNEL_FILTER } from '../channels/ChannelFilter.tsx';
import { ChannelName } from '../channels/ChannelName.tsx';
import { ConversationLink } from '../fields/ConversationLink.tsx';
import { CustomerText } from '../fields/CustomerText.tsx';
import { Moment } from '../fields/Moment.tsx';
import { Word } from '../fields/Word.tsx';
import { RecordList } from '../layout/RecordList.tsx';
import { searchFilter } from '../layout/word-filter.tsx';
import type { Contact } from '../records.ts';

const FILTERS = [searchFilter, CHANNEL_FILTER];

const Column = DataTable.Col<Contact>;

export default function ContactList() {
  return (
    <RecordList filters={FILTERS} sort={{ field: 'createdAt', order: 'DESC' }} emptyWords="generic">
      <DataTable<Contact> rowClick={false} bulkActionButtons={false}>
        <Column source="name" render={(row) => <ContactName contact={row} />} />
        <Column source="externalId" render={(row) => <bdi>{row.externalId}</bdi>} />
        <Column source="channel" render={(row) => <ChannelName channel={row.channel} />} />
        <Column source="language" render={(row) => <Word words="language" value={row.language} />} />
        <Column source="note" disableSort render={(row) => <CustomerText text={row.note} />} />
        <Column source="optedOutAt" render={(row) => <Moment at={row.optedOutAt} />} />
        <Column source="createdAt" render={(row) => <Moment at={row.createdAt} />} />
      </DataTable>
    </RecordList>
  );
}

function ContactName({ contact }: { contact: Contact }) {
  const name = contact.name || contact.externalId;
  if (!contact.conversationId) return <bdi>{name}</bdi>;
  return <ConversationLink conversationId={contact.conversationId} name={name} />;
}
