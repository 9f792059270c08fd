import { DataTable, EditButton } from 'react-admin';
import { CustomerText } from '../fields/CustomerText.tsx';
import { Word } from '../fields/Word.tsx';
import { RecordList } from '../layout/RecordList.tsx';
import { searchFilter } from '../layout/word-filter.tsx';
import type { CannedReply } from '../records.ts';

const FILTERS = [searchFilter];
const Column = DataTable.Col<CannedReply>;

export default function CannedReplyList() {
  return (
    <RecordList filters={FILTERS} sort={{ field: 'shortcut', order: 'ASC' }} emptyWords="canned">
      <DataTable<CannedReply> rowClick={false} bulkActionButtons={false}>
        <Column source="shortcut" render={(row) => <bdi>/{row.shortcut}</bdi>} />
        <Column source="text" disableSort render={(row) => <CustomerText text={row.text} />} />
        <Column source="language" render={(row) => <Word words="language" value={row.language} />} />
        <Column label="peyk.action_column" render={() => <EditButton />} />
      </DataTable>
    </RecordList>
  );
}
