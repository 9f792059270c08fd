import Box from '@mui/material/Box';
import { DataTable, EditButton } from 'react-admin';
import { RecordList } from '../layout/RecordList.tsx';
import { searchFilter } from '../layout/word-filter.tsx';
import type { Label } from '../records.ts';

const FILTERS = [searchFilter];
const Column = DataTable.Col<Label>;

export default function LabelList() {
  return (
    <RecordList filters={FILTERS} sort={{ field: 'name', order: 'ASC' }} emptyWords="labels">
      <DataTable<Label> rowClick={false} bulkActionButtons={false}>
        <Column source="name" render={(row) => <bdi>{row.name}</bdi>} />
        <Column
          source="color"
          disableSort
          render={(row) => (
            <Box sx={{ width: 24, height: 24, borderRadius: 1, bgcolor: row.color }} title={row.color} />
          )}
        />
        <Column label="peyk.action_column" render={() => <EditButton />} />
      </DataTable>
    </RecordList>
  );
}
