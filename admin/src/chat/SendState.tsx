import Box from '@mui/material/Box';
import Typography from '@mui/material/Typography';
import { useTranslate } from 'react-admin';
import { Word } from '../fields/Word.tsx';
import { WordChip } from '../fields/WordChip.tsx';
import { SettleButtons } from '../outbound-messages/SettleButtons.tsx';
import type { OutboundMessage } from '../records.ts';

/** How a send stands, why, and what a person can do about it. */
export function SendState({ outbound }: { outbound: OutboundMessage }) {
  const translate = useTranslate();
  const { state, reason, settledBy } = outbound;
  return (
    <Box sx={{ mt: 0.5, display: 'flex', gap: 1, alignItems: 'center', flexWrap: 'wrap' }}>
      <WordChip words="outbound_state" value={state} />
      {reason && state !== 'sent' && (
        <Typography variant="caption">
          <Word words="reason" value={reason} />
        </Typography>
      )}
      {settledBy && state !== 'sent' && (
        <Typography variant="caption" sx={{ fontWeight: 'bold' }}>
          {translate('peyk.outbound.sent_again')}
        </Typography>
      )}
      <SettleButtons outbound={outbound} />
    </Box>
  );
}
