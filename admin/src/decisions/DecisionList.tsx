import { DataTable, Link, useLocale, useTranslate } from 'react-admin';
import { formatSpan } from '../fields/amounts.ts';
import { ModelName } from '../fields/ModelName.tsx';
import { Moment } from '../fields/Moment.tsx';
import { Word } from '../fields/Word.tsx';
import { WordChip } from '../fields/WordChip.tsx';
import { RecordList } from '../layout/RecordList.tsx';
import { searchFilter, wordFilter } from '../layout/word-filter.tsx';
import type { Decision } from './why.ts';

const FILTERS = [
  searchFilter,
  wordFilter('outcome', 'outcome', ['reply', 'handoff', 'silent', 'fallback', 'opt_out'], true),
  wordFilter('state', 'decision_state', ['decided', 'superseded']),
];

const Column = DataTable.Col<Decision>;

export default function DecisionList() {
  const translate = useTranslate();
  const locale = useLocale() ?? 'en';
  return (
    <RecordList filters={FILTERS} sort={{ field: 'createdAt', order: 'DESC' }} emptyWords="decisions">
      <DataTable<Decision> rowClick={false} bulkActionButtons={false}>
        <Column source="createdAt" render={(row) => <Moment at={row.createdAt} />} />
        <Column source="outcome" render={(row) => <WordChip words="outcome" value={row.outcome || row.state} />} />
        <Column source="intent" render={(row) => <Word words="intent" value={row.intent} />} />
        <Column source="model" render={(row) => <ModelName model={row.model} />} />
        <Column source="latencyMs" render={(row) => formatSpan(row.latencyMs, locale)} />
        <Column source="state" render={(row) => <Word words="decision_state" value={row.state} />} />
        <Column
          label="peyk.action_column"
          render={(row) => <Link to={`/decisions/${row.id}/show`}>{translate('peyk.action.why')}</Link>}
        />
      </DataTable>
    </RecordList>
  );
}
