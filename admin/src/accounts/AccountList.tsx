import { DataTable, EditButton } from 'react-admin';
import { CHANNEL_FILTER } from '../channels/ChannelFilter.tsx';
import { ChannelName } from '../channels/ChannelName.tsx';
import { Moment } from '../fields/Moment.tsx';
import { WordChip } from '../fields/WordChip.tsx';
import { RecordList } from '../layout/RecordList.tsx';
import { searchFilter } from '../layout/word-filter.tsx';

interface Account {
  id: string;
  channel: string;
  externalId: string;
  name: string;
  status: string;
  statusNote: string;
  lastInboundAt: string | null;
  lastSentAt: string | null;
  createdAt: string;
}

const FILTERS = [searchFilter, CHANNEL_FILTER];
const Column = DataTable.Col<Account>;

export default function AccountList() {
  return (
    <RecordList filters={FILTERS} sort={{ field: 'createdAt', order: 'DESC' }} emptyWords="accounts">
      <DataTable<Account> rowClick={false} bulkActionButtons={false}>
        <Column source="channel" render={(row) => <ChannelName channel={row.channel} />} />
        <Column source="externalId" render={(row) => <bdi>{row.externalId}</bdi>} />
        <Column source="name" render={(row) => <bdi>{row.name}</bdi>} />
        <Column source="status" render={(row) => <WordChip words="account_status" value={row.status} />} />
        <Column source="statusNote" disableSort />
        <Column source="lastInboundAt" render={(row) => row.lastInboundAt && <Moment at={row.lastInboundAt} />} />
        <Column source="lastSentAt" render={(row) => row.lastSentAt && <Moment at={row.lastSentAt} />} />
        <Column source="createdAt" render={(row) => <Moment at={row.createdAt} />} />
        <Column label="peyk.action_column" render={() => <EditButton />} />
      </DataTable>
    </RecordList>
  );
}
