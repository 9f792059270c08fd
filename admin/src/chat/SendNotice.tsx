import Alert from '@mui/material/Alert';
import { useTranslate } from 'react-admin';
import { useNow } from '../fields/use-now.ts';
import type { Conversation } from '../records.ts';

/** What somebody should know before they press send. */
export function SendNotice({ record }: { record: Conversation }) {
  const translate = useTranslate();
  const nowMs = useNow(10_000);
  if (record.windowExpiresAt && Date.parse(record.windowExpiresAt) <= nowMs) {
    return (
      <Alert severity="warning" sx={{ mb: 1.5, py: 0 }}>
        {translate('peyk.chat.window_over')}
      </Alert>
    );
  }
  if (record.mode === 'human') return null;
  return (
    <Alert severity="info" sx={{ mb: 1.5, py: 0 }}>
      {translate('peyk.chat.takes_over')}
    </Alert>
  );
}
