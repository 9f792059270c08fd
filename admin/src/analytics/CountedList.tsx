import Box from '@mui/material/Box';
import Typography from '@mui/material/Typography';
import { useLocale, useTranslate } from 'react-admin';
import { formatNumber } from '../fields/moment.ts';
import type { Counted } from './analytics.ts';

interface CountedListProps {
  rows: readonly Counted[];
  /** The table of words that the keys are in; absent: they are customers' own words. */
  words?: string;
  max?: number;
}

/** What was counted, the most frequent first, each with a bar of its share of the first. */
export function CountedList({ rows, words, max = 10 }: CountedListProps) {
  const translate = useTranslate();
  const locale = useLocale() ?? 'en';
  const [first] = rows;
  if (!first) return <Typography color="text.secondary">{translate('peyk.analytics.nothing')}</Typography>;
  return (
    <Box component="ul" sx={{ listStyle: 'none', m: 0, p: 0, display: 'grid', gap: 0.75 }}>
      {rows.slice(0, max).map(({ key, count }) => (
        <Box component="li" key={key}>
          <Box sx={{ display: 'flex', justifyContent: 'space-between', gap: 2 }}>
            <Typography variant="body2" dir={words ? undefined : 'auto'} sx={{ overflowWrap: 'anywhere' }}>
              {words ? translate(`peyk.${words}.${key}`, { _: key }) : key}
            </Typography>
            <Typography variant="body2">{formatNumber(count, locale)}</Typography>
          </Box>
          <Box sx={{ height: 4, borderRadius: 1, bgcolor: 'action.hover' }} aria-hidden>
            <Box
              sx={{ height: 4, borderRadius: 1, bgcolor: 'primary.main', width: `${(count / first.count) * 100}%` }}
            />
          </Box>
        </Box>
      ))}
    </Box>
  );
}
