import Typography from '@mui/material/Typography';
import { DataTable, EditButton, useTranslate } from 'react-admin';
import { CHANNEL_FILTER } from '../channels/ChannelFilter.tsx';
import { ChannelName } from '../channels/ChannelName.tsx';
import { Moment } from '../fields/Moment.tsx';
import { WordChip } from '../fields/WordChip.tsx';
import { RecordList } from '../layout/RecordList.tsx';
import { searchFilter } from '../layout/word-filter.tsx';
import { toPlainNote } from '../providers/server-words.ts';

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

/** What a phone has no room for. */
const DESK_ONLY = { display: { xs: 'none', md: 'table-cell' } };

export default function AccountList() {
  return (
    <RecordList filters={FILTERS} sort={{ field: 'createdAt', order: 'DESC' }} emptyWords="accounts">
      <DataTable<Account> rowClick="edit" bulkActionButtons={false}>
        <Column source="channel" render={(row) => <ChannelName channel={row.channel} />} />
        <Column source="name" render={(row) => <AccountName account={row} />} />
        <Column source="status" render={(row) => <State account={row} />} />
        <Column
          source="lastInboundAt"
          render={(row) => row.lastInboundAt && <Moment at={row.lastInboundAt} />}
          sx={DESK_ONLY}
        />
        <Column source="lastSentAt" render={(row) => row.lastSentAt && <Moment at={row.lastSentAt} />} sx={DESK_ONLY} />
        <Column source="createdAt" render={(row) => <Moment at={row.createdAt} />} sx={DESK_ONLY} />
        <Column label="peyk.action_column" render={() => <EditButton />} sx={DESK_ONLY} />
      </DataTable>
    </RecordList>
  );
}

function AccountName({ account: { name, externalId } }: { account: Account }) {
  return (
    <>
      <bdi>{name || externalId}</bdi>
      {name !== '' && name !== externalId && (
        <Typography variant="caption" color="text.secondary" component="div" sx={{ overflowWrap: 'anywhere' }}>
          <bdi>{externalId}</bdi>
        </Typography>
      )}
    </>
  );
}

function State({ account: { status, statusNote } }: { account: Account }) {
  const translate = useTranslate();
  return (
    <>
      <WordChip words="account_status" value={status} />
      {statusNote !== '' && (
        <Typography variant="caption" color="text.secondary" component="div">
          {translate(toPlainNote(statusNote), { _: statusNote })}
        </Typography>
      )}
    </>
  );
}
