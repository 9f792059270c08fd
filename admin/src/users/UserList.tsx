import Box from '@mui/material/Box';
import { BooleanField, DataTable, EditButton } from 'react-admin';
import { Moment } from '../fields/Moment.tsx';
import { Word } from '../fields/Word.tsx';
import { ActionButton } from '../layout/ActionButton.tsx';
import { RecordList } from '../layout/RecordList.tsx';
import { searchFilter, wordFilter } from '../layout/word-filter.tsx';
import { useOperator } from '../providers/use-operator.ts';

interface User {
  id: string;
  username: string;
  role: string;
  active: boolean;
  lastLoginAt: string | null;
  createdAt: string;
}

const FILTERS = [searchFilter, wordFilter('role', 'role', ['viewer', 'operator', 'supervisor', 'admin'], true)];
const Column = DataTable.Col<User>;

export default function UserList() {
  return (
    <RecordList filters={FILTERS} sort={{ field: 'username', order: 'ASC' }} emptyWords="users">
      <DataTable<User> rowClick={false} bulkActionButtons={false}>
        <Column source="username" render={(row) => <bdi>{row.username}</bdi>} />
        <Column source="role" render={(row) => <Word words="role" value={row.role} />} />
        <Column source="active">
          <BooleanField source="active" />
        </Column>
        <Column source="lastLoginAt" render={(row) => <Moment at={row.lastLoginAt} />} />
        <Column label="peyk.action_column" render={(row) => <UserButtons user={row} />} />
      </DataTable>
    </RecordList>
  );
}

function UserButtons({ user }: { user: User }) {
  const operator = useOperator();
  return (
    <Box sx={{ display: 'flex', gap: 1 }}>
      <EditButton />
      <ActionButton action="unlock" done="unlocked" variant="text" run={() => operator.unlockUser(user.id)} />
    </Box>
  );
}
