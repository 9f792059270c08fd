import LockIcon from '@mui/icons-material/LockOutlined';
import Box from '@mui/material/Box';
import Typography from '@mui/material/Typography';
import { useLocale, useTranslate } from 'react-admin';
import { formatClock, formatMoment } from '../fields/moment.ts';
import { NOTE_COLOURS } from '../theme/note-colours.ts';
import type { ChatEntry } from './chat-entries.ts';

/** What colleagues tell each other. Its colour and lock leave no doubt that the customer does not see it. */
export function NoteBubble({ entry }: { entry: ChatEntry }) {
  const translate = useTranslate();
  const locale = useLocale() ?? 'en';
  return (
    <Box
      component="li"
      data-direction="note"
      sx={{ border: 1, ...NOTE_COLOURS, borderRadius: 1, px: 1.5, py: 1, mx: { xs: 0, md: 6 } }}
    >
      <Box sx={{ display: 'flex', gap: 1, alignItems: 'center', mb: 0.5, flexWrap: 'wrap' }}>
        <LockIcon sx={{ fontSize: 14 }} />
        <Typography variant="caption" sx={{ fontWeight: 600 }}>
          {translate('peyk.chat.private_note')} · <bdi>{entry.author}</bdi>
        </Typography>
        <Typography variant="caption">
          <time dateTime={entry.at} title={formatMoment(entry.at, locale)}>
            {formatClock(entry.at, locale)}
          </time>
        </Typography>
      </Box>
      <Typography variant="body2" dir="auto" sx={{ whiteSpace: 'pre-wrap', overflowWrap: 'anywhere' }}>
        {entry.text}
      </Typography>
    </Box>
  );
}
