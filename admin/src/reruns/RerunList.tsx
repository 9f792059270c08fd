import { DataTable, Link, useLocale, useTranslate } from 'react-admin';
import { formatCost } from '../fields/amounts.ts';
import { ModelName } from '../fields/ModelName.tsx';
import { Moment } from '../fields/Moment.tsx';
import { formatNumber } from '../fields/moment.ts';
import { WordChip } from '../fields/WordChip.tsx';
import { RecordList } from '../layout/RecordList.tsx';
import { wordFilter } from '../layout/word-filter.tsx';
import type { Rerun } from './rerun.ts';

const FILTERS = [wordFilter('state', 'reruns.state', ['queued', 'running', 'done', 'cancelled', 'failed'], true)];
const Column = DataTable.Col<Rerun>;

export default function RerunList() {
  const translate = useTranslate();
  const locale = useLocale();
  return (
    <RecordList filters={FILTERS} sort={{ field: 'createdAt', order: 'DESC' }} emptyWords="reruns">
      <DataTable<Rerun> rowClick={false} bulkActionButtons={false}>
        <Column
          source="createdAt"
          render={(row) => (
            <Link to={`/reruns/${row.id}/show`}>
              <Moment at={row.createdAt} />
            </Link>
          )}
        />
        <Column source="promptVersion" render={(row) => <bdi>{row.promptVersion}</bdi>} />
        <Column source="model" render={(row) => <ModelName model={row.model} />} />
        <Column source="state" render={(row) => <WordChip words="reruns.state" value={row.state} />} />
        <Column
          source="done"
          render={(row) => translate('peyk.reruns.progress', { done: row.done, total: row.total })}
        />
        <Column source="changed" render={(row) => formatNumber(row.changed, locale ?? 'en')} />
        <Column source="costMicros" disableSort render={(row) => formatCost(row.costMicros, locale)} />
      </DataTable>
    </RecordList>
  );
}
