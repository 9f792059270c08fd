import { DataTable, Link, useTranslate } from 'react-admin';
import { Moment } from '../fields/Moment.tsx';
import { Word } from '../fields/Word.tsx';
import { RecordList } from '../layout/RecordList.tsx';
import { searchFilter, wordFilter } from '../layout/word-filter.tsx';
import { ActorName } from './ActorName.tsx';
import type { AuditEntry } from './audit.ts';
import { SubjectName } from './SubjectName.tsx';

const FILTERS = [searchFilter, wordFilter('outcome', 'audit_outcome', ['done', 'asked', 'refused'])];
const Column = DataTable.Col<AuditEntry>;

export default function AuditLogList() {
  const translate = useTranslate();
  return (
    <RecordList filters={FILTERS} sort={{ field: 'createdAt', order: 'DESC' }} emptyWords="audit">
      <DataTable<AuditEntry> rowClick={false} bulkActionButtons={false}>
        <Column source="createdAt" render={(row) => <Moment at={row.createdAt} />} />
        <Column source="actor" render={(row) => <ActorName actor={row.actor} />} />
        <Column source="action" render={(row) => <Word words="audit_action" value={row.action} />} />
        <Column
          source="resource"
          render={(row) => translate(`resources.${row.resource}.name`, { smart_count: 1, _: row.resource })}
        />
        <Column source="subject" sx={{ overflowWrap: 'anywhere' }} render={(row) => <SubjectName entry={row} />} />
        <Column
          source="outcome"
          render={(row) => row.outcome !== 'done' && <Word words="audit_outcome" value={row.outcome} />}
        />
        <Column
          label="peyk.action_column"
          render={(row) => <Link to={`/audit-logs/${row.id}/show`}>{translate('peyk.audit.details')}</Link>}
        />
      </DataTable>
    </RecordList>
  );
}
