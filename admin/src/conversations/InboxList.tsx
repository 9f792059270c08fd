import KeyboardIcon from '@mui/icons-material/KeyboardOutlined';
import Alert from '@mui/material/Alert';
import Box from '@mui/material/Box';
import MuiButton from '@mui/material/Button';
import IconButton from '@mui/material/IconButton';
import LinearProgress from '@mui/material/LinearProgress';
import Typography from '@mui/material/Typography';
import { useLocale, useTranslate } from 'react-admin';
import { formatNumber } from '../fields/moment.ts';
import { useNow } from '../fields/use-now.ts';
import { EmptyState } from '../layout/EmptyState.tsx';
import { InboxFilters } from './InboxFilters.tsx';
import { InboxRow } from './InboxRow.tsx';
import { InboxTabs } from './InboxTabs.tsx';
import { countChoices, type InboxQuery, WHOLE_INBOX } from './inbox-query.ts';
import { useInboxQuery, useInboxRows } from './use-inbox.ts';

interface InboxListProps {
  /** The conversation that is open beside the list. */
  openId: string | null;
  onHelp: () => void;
}

/** Who wrote, newest first, narrowed to what the person works on. */
export function InboxList({ openId, onHelp }: InboxListProps) {
  const translate = useTranslate();
  const locale = useLocale() ?? 'en';
  const [query, setQuery] = useInboxQuery();
  const inbox = useInboxRows(query);
  const nowMs = useNow(10_000);
  return (
    <Box sx={{ display: 'flex', flexDirection: 'column', flex: 1, minWidth: 0 }}>
      <InboxTabs query={query} onChange={setQuery} />
      <InboxFilters query={query} onChange={setQuery} />
      <Box sx={{ height: 2 }}>{inbox.isRefreshing && <LinearProgress sx={{ height: 2 }} aria-hidden />}</Box>
      {inbox.error ? (
        <Alert
          severity="warning"
          action={
            <MuiButton color="inherit" size="small" onClick={() => void inbox.refetch()}>
              {translate('peyk.action.try_again')}
            </MuiButton>
          }
        >
          {translate(inbox.error.message, { _: inbox.error.message })}
        </Alert>
      ) : null}
      <Box component="nav" aria-label={translate('peyk.inbox.list')} sx={{ flex: 1, overflowY: 'auto', minHeight: 0 }}>
        <Box component="ul" sx={{ listStyle: 'none', m: 0, p: 0 }}>
          {inbox.rows.map((row) => (
            <InboxRow key={row.id} row={row} isOpen={row.id === openId} nowMs={nowMs} />
          ))}
        </Box>
        {!inbox.isPending && !inbox.error && inbox.rows.length === 0 && (
          <NothingFound query={query} onReset={() => setQuery(WHOLE_INBOX)} />
        )}
        {inbox.showMore && (
          <MuiButton fullWidth onClick={inbox.showMore}>
            {translate('peyk.inbox.show_more')}
          </MuiButton>
        )}
      </Box>
      <Box sx={{ display: 'flex', alignItems: 'center', px: 1.5, borderTop: 1, borderColor: 'divider' }}>
        <Typography variant="caption" color="text.secondary" sx={{ flex: 1 }} role="status">
          {inbox.total !== undefined &&
            translate('peyk.inbox.count', {
              smart_count: inbox.total,
              count: formatNumber(inbox.total, locale),
            })}
        </Typography>
        <IconButton
          size="small"
          onClick={onHelp}
          aria-label={translate('peyk.inbox.keys_title')}
          sx={{ display: { xs: 'none', md: 'inline-flex' } }}
        >
          <KeyboardIcon fontSize="small" />
        </IconButton>
      </Box>
    </Box>
  );
}

/** An empty list teaches; one that was narrowed too far offers the way back. */
function NothingFound({ query, onReset }: { query: InboxQuery; onReset: () => void }) {
  const translate = useTranslate();
  const isNarrowed = query.q !== '' || countChoices(query) > 0;
  if (!isNarrowed && query.tab === 'all') return <EmptyState words="conversations" />;
  return (
    <Box sx={{ p: 3, textAlign: 'center' }}>
      <Typography color="text.secondary" gutterBottom>
        {translate(isNarrowed ? 'peyk.inbox.nothing_found' : `peyk.inbox.empty.${query.tab}`)}
      </Typography>
      <MuiButton onClick={onReset}>{translate('peyk.inbox.show_all')}</MuiButton>
    </Box>
  );
}
