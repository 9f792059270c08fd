import Alert from '@mui/material/Alert';
import AlertTitle from '@mui/material/AlertTitle';
import Box from '@mui/material/Box';
import Typography from '@mui/material/Typography';
import { useGetList, useLocale, useTranslate } from 'react-admin';
import { ChannelName } from '../channels/ChannelName.tsx';
import { Moment } from '../fields/Moment.tsx';
import { formatNumber } from '../fields/moment.ts';
import { toPlainReasons } from '../providers/server-words.ts';

interface Delivery {
  id: string;
  channel: string;
  reason: string;
  body: string;
  receivedAt: string;
}

const SHOWN = 5;

/** Deliveries that nobody could read, with the reason: they are kept, not lost. */
export function QuarantineNotice() {
  const translate = useTranslate();
  const locale = useLocale() ?? 'en';
  const { data = [], total = 0 } = useGetList<Delivery>('inbound-deliveries', {
    filter: { state: 'quarantined' },
    pagination: { page: 1, perPage: SHOWN },
    sort: { field: 'receivedAt', order: 'DESC' },
  });
  if (total === 0) return null;
  const reasonOf = (said: string) =>
    toPlainReasons(said)
      .map((reason) => translate(reason, { _: reason }))
      .join(translate('peyk.list_comma'));
  return (
    <Alert severity="warning" sx={{ mb: 1 }}>
      <AlertTitle component="h2">
        {translate('peyk.events.quarantined')}: {formatNumber(total, locale)}
      </AlertTitle>
      {translate('peyk.events.quarantined_text')}
      {data.map((delivery) => (
        <Box component="details" key={delivery.id} sx={{ mt: 1 }}>
          <Typography component="summary" variant="body2" sx={{ cursor: 'pointer' }}>
            <Moment at={delivery.receivedAt} /> · <ChannelName channel={delivery.channel} /> ·{' '}
            <bdi>{reasonOf(delivery.reason)}</bdi>
          </Typography>
          <Box
            component="pre"
            dir="ltr"
            aria-label={translate('peyk.events.raw')}
            sx={{ fontSize: 12, whiteSpace: 'pre-wrap', overflowWrap: 'anywhere', m: 0 }}
          >
            {delivery.body}
          </Box>
        </Box>
      ))}
    </Alert>
  );
}
