import { DataTable, Link } from 'react-admin';
import { CustomerText } from '../fields/CustomerText.tsx';
import { Moment } from '../fields/Moment.tsx';
import { WordChip } from '../fields/WordChip.tsx';
import { RecordList } from '../layout/RecordList.tsx';
import { searchFilter, wordFilter } from '../layout/word-filter.tsx';
import type { PromptVersion } from './prompt-version.ts';

const FILTERS = [searchFilter, wordFilter('state', 'versions.state', ['draft', 'published', 'retired'])];
const Column = DataTable.Col<PromptVersion>;

export default function PromptVersionList() {
  return (
    <RecordList filters={FILTERS} sort={{ field: 'createdAt', order: 'DESC' }} emptyWords="prompt-versions">
      <DataTable<PromptVersion> rowClick={false} bulkActionButtons={false}>
        <Column
          source="version"
          render={(row) => (
            <Link to={`/prompt-versions/${row.id}/show`}>
              <bdi>{row.version}</bdi>
            </Link>
          )}
        />
        <Column source="state" render={(row) => <WordChip words="versions.state" value={row.state} />} />
        <Column source="note" render={(row) => <CustomerText text={row.note} />} />
        <Column source="createdAt" render={(row) => <Moment at={row.createdAt} />} />
        <Column source="publishedAt" render={(row) => <Moment at={row.publishedAt} />} />
      </DataTable>
    </RecordList>
  );
}
