import { BooleanField, DataTable, EditButton, useLocale } from 'react-admin';
import { Moment } from '../fields/Moment.tsx';
import { formatNumber } from '../fields/moment.ts';
import { Word } from '../fields/Word.tsx';
import { RecordList } from '../layout/RecordList.tsx';
import { searchFilter } from '../layout/word-filter.tsx';

interface Source {
  id: string;
  kind: string;
  url: string;
  enabled: boolean;
  listedCount: number;
  listedAt: string | null;
}

const FILTERS = [searchFilter];
const Column = DataTable.Col<Source>;

export default function SourceList() {
  const locale = useLocale() ?? 'en';
  return (
    <RecordList filters={FILTERS} sort={{ field: 'createdAt', order: 'ASC' }} emptyWords="catalog-sources">
      <DataTable<Source> rowClick={false} bulkActionButtons={false}>
        <Column source="kind" render={(row) => <Word words="source_kind" value={row.kind} />} />
        <Column source="url" render={(row) => <bdi>{row.url}</bdi>} />
        <Column source="enabled">
          <BooleanField source="enabled" />
        </Column>
        <Column source="listedCount" disableSort render={(row) => formatNumber(row.listedCount, locale)} />
        <Column source="listedAt" render={(row) => <Moment at={row.listedAt} />} />
        <Column label="peyk.action_column" render={() => <EditButton />} />
      </DataTable>
    </RecordList>
  );
}
