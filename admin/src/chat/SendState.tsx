import Box from '@mui/material/Box';
import Typography from '@mui/material/Typography';
import { useTranslate } from 'react-admin';
import { WordChip } from '../fields/WordChip.tsx';
import { SettleButtons } from '../outbound-messages/SettleButtons.tsx';
import type { OutboundMessage } from '../records.ts';

/** How a send stands, why, and what a person can do about it. */
export function SendState({ outbound }: { outbound: OutboundMessage }) {
  const translate = useTranslate();
  const { state, reason } = outbound;
  return (
    <Box sx={{ mt: 0.5, display: 'flex', gap: 1, alignItems: 'center', flexWrap: 'wrap' }}>
      <WordChip words="outbound_state" value={state} />
      {reason && state !== 'sent' && (
        <Typography variant="caption">{translate(`peyk.reason.${reason}`, { _: reason })}</Typography>
      )}
      <SettleButtons outbound={outbound} />
    </Box>
  );
}
