import Box from '@mui/material/Box';
import Typography from '@mui/material/Typography';
import { DataTable, useLocale, useTranslate } from 'react-admin';
import { Moment } from '../fields/Moment.tsx';
import { formatMoment, formatNumber } from '../fields/moment.ts';
import { WordChip } from '../fields/WordChip.tsx';
import { RecordList } from '../layout/RecordList.tsx';
import { searchFilter, wordFilter } from '../layout/word-filter.tsx';

interface AppLog {
  id: string;
  level: string;
  message: string;
  fields: unknown;
  count: number;
  createdAt: string;
  lastAt: string;
}

const FILTERS = [searchFilter, wordFilter('level', 'log_level', ['warn', 'error', 'fatal'], true)];
const Column = DataTable.Col<AppLog>;

export default function AppLogList() {
  return (
    <RecordList filters={FILTERS} sort={{ field: 'createdAt', order: 'DESC' }} emptyWords="logs">
      <DataTable<AppLog> rowClick={false} bulkActionButtons={false}>
        <Column source="createdAt" render={(row) => <Moment at={row.createdAt} />} />
        <Column source="level" render={(row) => <WordChip words="log_level" value={row.level} />} />
        <Column source="message" disableSort render={(row) => <bdi>{row.message}</bdi>} />
        <Column source="count" disableSort render={(row) => <Repetitions of={row} />} />
        <Column source="fields" disableSort render={(row) => <Details fields={row.fields} />} />
      </DataTable>
    </RecordList>
  );
}

/** How often it was said within the minute, and when last; nothing where that was once. */
function Repetitions({ of: { count, lastAt } }: { of: AppLog }) {
  const translate = useTranslate();
  const locale = useLocale() ?? 'en';
  if (count < 2) return null;
  return (
    <Typography variant="body2">
      {translate('peyk.logs.repeated', { count: formatNumber(count, locale), time: formatMoment(lastAt, locale) })}
    </Typography>
  );
}

function Details({ fields }: { fields: unknown }) {
  const translate = useTranslate();
  if (typeof fields !== 'object' || fields === null || Object.keys(fields).length === 0) return null;
  return (
    <Box component="details" sx={{ maxWidth: 480 }}>
      <Typography component="summary" variant="body2" sx={{ cursor: 'pointer' }}>
        {translate('resources.app-logs.fields.fields')}
      </Typography>
      <Box component="pre" dir="ltr" sx={{ fontSize: 12, whiteSpace: 'pre-wrap', overflowWrap: 'anywhere', m: 0 }}>
        {JSON.stringify(fields, null, 2)}
      </Box>
    </Box>
  );
}
