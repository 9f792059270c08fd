import { DataTable, EditButton } from 'react-admin';
import { Moment } from '../fields/Moment.tsx';
import { RecordList } from '../layout/RecordList.tsx';
import { searchFilter } from '../layout/word-filter.tsx';

interface Business {
  id: string;
  name: string;
  slug: string;
  createdAt: string;
}

const FILTERS = [searchFilter];
const Column = DataTable.Col<Business>;

/** What a phone has no room for. */
const DESK_ONLY = { display: { xs: 'none', md: 'table-cell' } };

/** Every business of the installation, for those who run it. */
export function BusinessList() {
  return (
    <RecordList filters={FILTERS} sort={{ field: 'name', order: 'ASC' }} emptyWords="businesses">
      <DataTable<Business> rowClick="edit" bulkActionButtons={false}>
        <Column source="name" render={(row) => <bdi>{row.name}</bdi>} />
        <Column source="slug" render={(row) => <bdi>{row.slug}</bdi>} />
        <Column source="createdAt" render={(row) => <Moment at={row.createdAt} />} sx={DESK_ONLY} />
        <Column label="peyk.action_column" render={() => <EditButton />} sx={DESK_ONLY} />
      </DataTable>
    </RecordList>
  );
}
