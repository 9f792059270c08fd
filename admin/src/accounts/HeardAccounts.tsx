import Box from '@mui/material/Box';
import Chip from '@mui/material/Chip';
import Typography from '@mui/material/Typography';
import { useCanAccess, useGetList, useInput, useTranslate, type Validator } from 'react-admin';

interface Delivery {
  id: string;
  accountExternalId: string;
}

interface HeardAccountsProps {
  channel: string;
  /** As of the field for the id: whoever reads a field of a form last says what holds for it. */
  validate: Validator[];
}

const EVERY_MS = 5000;
const MOST_SHOWN = 5;

/** Accounts that something came for and that nobody has connected: most likely the one that is being connected now. */
export function HeardAccounts({ channel, validate }: HeardAccountsProps) {
  const translate = useTranslate();
  const { field } = useInput({ source: 'externalId', validate });
  const { canAccess = false } = useCanAccess({ resource: 'inbound-deliveries', action: 'view' });
  const { data = [] } = useGetList<Delivery>(
    'inbound-deliveries',
    {
      filter: { channel, state: 'quarantined' },
      sort: { field: 'receivedAt', order: 'DESC' },
      pagination: { page: 1, perPage: 25 },
    },
    { enabled: canAccess, refetchInterval: EVERY_MS },
  );
  const ids = [...new Set(data.map(({ accountExternalId }) => accountExternalId))].filter(Boolean).slice(0, MOST_SHOWN);
  if (ids.length === 0) return null;
  return (
    <Box sx={{ mb: 2 }}>
      <Typography variant="body2" sx={{ mb: 0.5 }}>
        {translate('peyk.connect.heard')}
      </Typography>
      <Box sx={{ display: 'flex', gap: 1, flexWrap: 'wrap' }}>
        {ids.map((id) => (
          <Chip
            key={id}
            label={<bdi>{id}</bdi>}
            clickable
            component="button"
            type="button"
            onClick={() => field.onChange(id)}
          />
        ))}
      </Box>
    </Box>
  );
}
