import { DataTable, useDataProvider } from 'react-admin';
import { Moment } from '../fields/Moment.tsx';
import { ActionButton } from '../layout/ActionButton.tsx';
import { RecordList } from '../layout/RecordList.tsx';
import { searchFilter } from '../layout/word-filter.tsx';

interface Session {
  id: string;
  username: string;
  address: string;
  userAgent: string;
  createdAt: string;
  lastUsedAt: string;
  expiresAt: string;
}

const FILTERS = [searchFilter];
const Column = DataTable.Col<Session>;

/** Browser and system out of what a browser says of itself; the whole of it stays in the title. */
function shortAgent(userAgent: string): string {
  const browser = /(Firefox|Edg|OPR|Chrome|Safari)\/[\d.]+/.exec(userAgent)?.[0].split('.')[0];
  const system = /(Windows|Android|iPhone|iPad|Mac OS X|Linux)/.exec(userAgent)?.[0];
  return [browser, system].filter(Boolean).join(' · ') || userAgent.slice(0, 40);
}

export default function SessionList() {
  return (
    <RecordList filters={FILTERS} sort={{ field: 'lastUsedAt', order: 'DESC' }} emptyWords="sessions">
      <DataTable<Session> rowClick={false} bulkActionButtons={false}>
        <Column source="username" disableSort render={(row) => <bdi>{row.username}</bdi>} />
        <Column source="address" disableSort render={(row) => <bdi>{row.address}</bdi>} />
        <Column
          source="userAgent"
          disableSort
          render={(row) => <bdi title={row.userAgent}>{shortAgent(row.userAgent)}</bdi>}
        />
        <Column source="createdAt" render={(row) => <Moment at={row.createdAt} />} />
        <Column source="lastUsedAt" render={(row) => <Moment at={row.lastUsedAt} />} />
        <Column label="peyk.action_column" render={(row) => <EndButton session={row} />} />
      </DataTable>
    </RecordList>
  );
}

function EndButton({ session }: { session: Session }) {
  const dataProvider = useDataProvider();
  return (
    <ActionButton
      action="log_out"
      done="logged_out"
      color="warning"
      confirm="log_out"
      run={() => dataProvider.delete('sessions', { id: session.id, previousData: session })}
    />
  );
}
