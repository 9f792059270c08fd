import Alert from '@mui/material/Alert';
import MuiButton from '@mui/material/Button';
import { useGetList, useListContext, useTranslate } from 'react-admin';
import { usePollMs } from '../live/live-state.ts';
import type { OutboundMessage } from '../records.ts';

const WAITING = { waitsForPerson: true };

/** Says that some sends wait for a person, and shows only these on request. */
export function UnknownNotice() {
  const translate = useTranslate();
  const { filterValues, setFilters } = useListContext();
  const { total = 0 } = useGetList<OutboundMessage>(
    'outbound-messages',
    { filter: WAITING, pagination: { page: 1, perPage: 1 }, sort: { field: 'createdAt', order: 'ASC' } },
    { refetchInterval: usePollMs() },
  );
  if (total === 0 || filterValues.waitsForPerson) return null;
  return (
    <Alert
      severity="warning"
      action={
        <MuiButton color="inherit" size="small" onClick={() => setFilters(WAITING)}>
          {translate('peyk.outbound.show_unknown')}
        </MuiButton>
      }
    >
      {translate('peyk.outbound.unknown', { smart_count: total, count: total })}
    </Alert>
  );
}
