import Box from '@mui/material/Box';
import Typography from '@mui/material/Typography';
import { useLocale, useTranslate } from 'react-admin';
import type { FormerText } from '../../../src/text/message.ts';
import { formatMoment } from '../fields/moment.ts';

/** That a message was edited, and on request what it said before. */
export function FormerTexts({ edits }: { edits: readonly FormerText[] }) {
  const translate = useTranslate();
  const locale = useLocale() ?? 'en';
  if (edits.length === 0) return null;
  return (
    <Box component="details" sx={{ mt: 0.5, typography: 'caption', color: 'text.secondary' }}>
      <Box component="summary" sx={{ cursor: 'pointer' }} title={translate('peyk.said.edited_title')}>
        {translate('peyk.said.edited')}
      </Box>
      {edits.map(({ text, at }) => (
        <Box key={at} sx={{ mt: 0.5 }}>
          {translate('peyk.said.before', { time: formatMoment(at, locale) })}
          <Typography variant="body2" dir="auto" sx={{ whiteSpace: 'pre-wrap', overflowWrap: 'anywhere' }}>
            {text}
          </Typography>
        </Box>
      ))}
    </Box>
  );
}
