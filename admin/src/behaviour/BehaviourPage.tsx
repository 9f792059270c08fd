import Alert from '@mui/material/Alert';
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
import { useEffect, useState } from 'react';
import { useLocale, useTranslate } from 'react-admin';
import { formatShare } from '../fields/amounts.ts';
import { formatHour, formatNumber } from '../fields/moment.ts';
import { Page, Reading } from '../pages/Page.tsx';
import { Section } from '../pages/Section.tsx';
import { useRead } from '../pages/use-read.ts';
import { type Behaviour, toPatterns } from './behaviour.ts';

const DAYS = [1, 7, 30];
/** How soon figures that are still growing are read again. */
const COUNTING_MS = 3000;

/** What customers want, out of what their messages were taken for. */
export default function BehaviourPage() {
  const translate = useTranslate();
  const [days, setDays] = useState(7);
  const [isCounting, setIsCounting] = useState(false);
  const { data, isPending, error } = useRead<Behaviour>(`/admin/analytics/behaviour?days=${days}`, {
    ...(isCounting ? { everyMs: COUNTING_MS } : {}),
  });
  useEffect(() => setIsCounting(data?.complete === false), [data]);
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
      <Reading isPending={isPending} error={error} hasData={data !== undefined} />
      {data && (
        <Box sx={{ display: 'grid', gap: 2 }}>
          {!data.complete && <Alert severity="info">{translate('peyk.behaviour.counting')}</Alert>}
          <Section title="behaviour.pattern">
            <Patterns behaviour={data} />
          </Section>
          <Counts title="questions" rows={data.questions} />
          <Counts title="asked_for" rows={data.productsAskedFor} />
          <Counts title="not_found" rows={data.productsNotFound} />
        </Box>
      )}
    </Page>
  );
}

function Patterns({ behaviour }: { behaviour: Behaviour }) {
  const translate = useTranslate();
  const locale = useLocale() ?? 'en';
  const patterns = toPatterns(behaviour.intents);
  if (patterns.length === 0) {
    return <Typography color="text.secondary">{translate('peyk.behaviour.empty')}</Typography>;
  }
  return (
    <TableContainer>
      <Table size="small">
        <TableHead>
          <TableRow>
            {['pattern', 'count', 'share', 'confidence', 'busiest'].map((name) => (
              <TableCell key={name}>{translate(`peyk.behaviour.${name}`)}</TableCell>
            ))}
          </TableRow>
        </TableHead>
        <TableBody>
          {patterns.map((pattern) => (
            <TableRow key={pattern.intent}>
              <TableCell component="th" scope="row">
                {translate(`peyk.intent.${pattern.intent}`, { _: pattern.intent })}
              </TableCell>
              <TableCell>{formatNumber(pattern.count, locale)}</TableCell>
              <TableCell>{formatShare(pattern.share, 1, locale)}</TableCell>
              <TableCell>{formatShare(pattern.confidence, 1, locale)}</TableCell>
              <TableCell>{formatHour(pattern.busiestHour, locale)}</TableCell>
            </TableRow>
          ))}
        </TableBody>
      </Table>
      <Typography variant="caption" color="text.secondary" component="p">
        {translate('peyk.behaviour.confidence_hint')}
      </Typography>
      <Typography variant="body2" sx={{ mt: 1 }}>
        {translate('peyk.behaviour.wants_to_buy')}: <strong>{formatNumber(behaviour.wantsToBuy, locale)}</strong> (
        {formatShare(behaviour.wantsToBuy, behaviour.turns, locale)})
      </Typography>
    </TableContainer>
  );
}

function Counts({ title, rows }: { title: string; rows: Behaviour['questions'] }) {
  const locale = useLocale() ?? 'en';
  if (rows.length === 0) return null;
  return (
    <Section title={`behaviour.${title}`}>
      {rows.map(({ key, count }) => (
        <Typography key={key} variant="body2" sx={{ py: 0.25 }}>
          <bdi>{key}</bdi> ({formatNumber(count, locale)})
        </Typography>
      ))}
    </Section>
  );
}
