import Box from '@mui/material/Box';
import MenuItem from '@mui/material/MenuItem';
import Table from '@mui/material/Table';
import TableBody from '@mui/material/TableBody';
import TableCell from '@mui/material/TableCell';
import TableContainer from '@mui/material/TableContainer';
import TableHead from '@mui/material/TableHead';
import TableRow from '@mui/material/TableRow';
import TextField from '@mui/material/TextField';
import Typography from '@mui/material/Typography';
import { useMemo, useState } from 'react';
import { useGetList, useLocale, useTranslate } from 'react-admin';
import type { Decision } from '../decisions/why.ts';
import { formatShare } from '../fields/amounts.ts';
import { formatNumber } from '../fields/moment.ts';
import { Page, Reading } from '../pages/Page.tsx';
import { Section } from '../pages/Section.tsx';
import { countPatterns } from './behaviour.ts';

const DAYS = [1, 7, 30];
/** Enough to see patterns; the figures over everything are the analytics'. */
const MAX_DECISIONS = 500;

/** What customers want, out of what their messages were taken for. */
export default function BehaviourPage() {
  const translate = useTranslate();
  const locale = useLocale() ?? 'en';
  const [days, setDays] = useState(7);
  // A whole hour, so that the question stays the same while the page is drawn again.
  const since = useMemo(
    () => new Date(Math.floor(Date.now() / 3_600_000 - days * 24) * 3_600_000).toISOString(),
    [days],
  );
  const {
    data = [],
    isPending,
    error,
  } = useGetList<Decision>('decisions', {
    filter: { createdAt_gte: since },
    pagination: { page: 1, perPage: MAX_DECISIONS },
    sort: { field: 'createdAt', order: 'DESC' },
  });
  const decided = data.filter(({ state }) => state === 'decided');
  const figures = {
    wants_to_buy: decided.filter(({ purchaseIntent }) => purchaseIntent).length,
    handed_over: decided.filter(({ outcome }) => outcome === 'handoff').length,
    unanswered: decided.filter(({ outcome }) => outcome === 'fallback').length,
  };
  return (
    <Page title="behaviour.title" intro={translate('peyk.behaviour.intro')} maxWidth={900}>
      <TextField
        select
        label={translate('peyk.dashboard.slot')}
        value={days}
        onChange={(event) => setDays(Number(event.target.value))}
        margin="none"
        fullWidth={false}
        sx={{ minWidth: 200, mb: 2 }}
      >
        {DAYS.map((count) => (
          <MenuItem key={count} value={count}>
            {translate('peyk.behaviour.days', { count })}
          </MenuItem>
        ))}
      </TextField>
      <Reading isPending={isPending} error={error} hasData={data.length > 0} />
      <Section title="behaviour.pattern">
        {!isPending && decided.length === 0 ? (
          <Typography color="text.secondary">{translate('peyk.behaviour.empty')}</Typography>
        ) : (
          <Patterns decisions={data} />
        )}
        <Box sx={{ display: 'flex', gap: 3, flexWrap: 'wrap', mt: 2 }}>
          {Object.entries(figures).map(([words, count]) => (
            <Typography key={words} variant="body2">
              {translate(`peyk.behaviour.${words}`)}: <strong>{formatNumber(count, locale)}</strong> (
              {formatShare(count, decided.length, locale)})
            </Typography>
          ))}
        </Box>
      </Section>
    </Page>
  );
}

function Patterns({ decisions }: { decisions: readonly Decision[] }) {
  const translate = useTranslate();
  const locale = useLocale() ?? 'en';
  return (
    <TableContainer>
      <Table size="small">
        <TableHead>
          <TableRow>
            {['pattern', 'count', 'share', 'confidence'].map((name) => (
              <TableCell key={name}>{translate(`peyk.behaviour.${name}`)}</TableCell>
            ))}
          </TableRow>
        </TableHead>
        <TableBody>
          {countPatterns(decisions).map((pattern) => (
            <TableRow key={pattern.intent}>
              <TableCell component="th" scope="row">
                {translate(`peyk.intent.${pattern.intent}`, { _: pattern.intent })}
              </TableCell>
              <TableCell>{formatNumber(pattern.count, locale)}</TableCell>
              <TableCell>{formatShare(pattern.share, 1, locale)}</TableCell>
              <TableCell>{formatShare(pattern.confidence, 1, locale)}</TableCell>
            </TableRow>
          ))}
        </TableBody>
      </Table>
      <Typography variant="caption" color="text.secondary">
        {translate('peyk.behaviour.confidence_hint')}
      </Typography>
    </TableContainer>
  );
}
