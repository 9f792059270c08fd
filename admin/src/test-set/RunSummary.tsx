import Alert from '@mui/material/Alert';
import Box from '@mui/material/Box';
import LinearProgress from '@mui/material/LinearProgress';
import { useLocale, useTranslate } from 'react-admin';
import { formatNumber } from '../fields/moment.ts';
import { TurnResult } from './TurnResult.tsx';
import { countRuns } from './test-set.ts';
import type { TestProgress } from './use-test-run.ts';

interface RunSummaryProps {
  progress: TestProgress;
  /** Something is tried: what gets worse is what counts. */
  isTrial?: boolean;
}

/** How far a run of the set is, and how it ended; of a trial, the turns that would get worse. */
export function RunSummary({ progress, isTrial = false }: RunSummaryProps) {
  const translate = useTranslate();
  const locale = useLocale() ?? 'en';
  const { runs, total, isRunning, fault } = progress;
  const counts = countRuns(runs);
  const number = (value: number) => formatNumber(value, locale);
  if (fault) return <Alert severity="error">{translate(fault, { _: fault })}</Alert>;
  if (isRunning) {
    const words = translate('peyk.test_set.running', { done: number(runs.length), total: number(total) });
    return (
      <Box sx={{ my: 1 }}>
        <LinearProgress
          variant="determinate"
          value={total === 0 ? 0 : (runs.length / total) * 100}
          aria-label={words}
          sx={{ height: 8, borderRadius: 4 }}
        />
      </Box>
    );
  }
  if (runs.length === 0) return null;
  const worse = runs
    .flatMap(({ id, turns }) => turns.map((turn, at) => ({ ...turn, key: `${id} ${at}` })))
    .filter(({ isWorse }) => isWorse);
  const words = isTrial
    ? counts.worse > 0
      ? 'worse'
      : 'none_worse'
    : counts.good === counts.turns
      ? 'all_good'
      : 'some_wrong';
  const values = {
    good: number(counts.good),
    total: number(counts.turns),
    worse: number(counts.worse),
    smart_count: counts.worse,
  };
  return (
    <Box data-testid="test-run" data-worse={counts.worse} data-good={counts.good} sx={{ my: 1 }}>
      <Alert severity={words === 'worse' || words === 'some_wrong' ? 'warning' : 'success'}>
        {translate(`peyk.test_set.result.${words}`, values)}
        {counts.skipped > 0 && ` ${translate('peyk.test_set.skipped_some', { count: number(counts.skipped) })}`}
      </Alert>
      {isTrial && worse.map(({ key, ...turn }) => <TurnResult key={key} turn={turn} />)}
    </Box>
  );
}
