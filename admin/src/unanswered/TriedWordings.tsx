import Alert from '@mui/material/Alert';
import Box from '@mui/material/Box';
import Typography from '@mui/material/Typography';
import { useLocale, useTranslate } from 'react-admin';
import { formatNumber } from '../fields/moment.ts';
import type { TriedAnswer } from './unanswered.ts';

/** What the bot would say to each wording, and whether that is the answer that was written. */
export function TriedWordings({ trial: { tried, answered } }: { trial: TriedAnswer }) {
  const translate = useTranslate();
  const locale = useLocale() ?? 'en';
  const counts = { answered: formatNumber(answered, locale), total: formatNumber(tried.length, locale) };
  const severity = answered === tried.length ? 'success' : answered > 0 ? 'warning' : 'error';
  return (
    <Box data-testid="tried" sx={{ mt: 1 }}>
      <Alert severity={severity} sx={{ mb: 1 }}>
        {translate(`peyk.unanswered.tried.${severity}`, counts)}
      </Alert>
      <Box component="ul" sx={{ listStyle: 'none', m: 0, p: 0, display: 'grid', gap: 1.5 }}>
        {tried.map(({ text, after, isAnswered }) => (
          <Box component="li" key={text} data-answered={isAnswered}>
            <Typography variant="body2" dir="auto" sx={{ fontWeight: 600, overflowWrap: 'anywhere' }}>
              {text}
            </Typography>
            <Typography
              variant="body2"
              dir="auto"
              sx={{
                whiteSpace: 'pre-wrap',
                overflowWrap: 'anywhere',
                color: isAnswered ? undefined : 'text.secondary',
              }}
            >
              {after === '' ? translate('peyk.unanswered.says_nothing') : after}
            </Typography>
          </Box>
        ))}
      </Box>
    </Box>
  );
}
