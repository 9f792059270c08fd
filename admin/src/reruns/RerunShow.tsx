import Alert from '@mui/material/Alert';
import Box from '@mui/material/Box';
import FormControlLabel from '@mui/material/FormControlLabel';
import LinearProgress from '@mui/material/LinearProgress';
import Switch from '@mui/material/Switch';
import Typography from '@mui/material/Typography';
import { useState } from 'react';
import { ShowBase, useGetList, useLocale, useRecordContext, useTranslate } from 'react-admin';
import { formatCost } from '../fields/amounts.ts';
import { WordChip } from '../fields/WordChip.tsx';
import { ActionButton } from '../layout/ActionButton.tsx';
import { Page, Reading } from '../pages/Page.tsx';
import { useOperator } from '../providers/use-operator.ts';
import { ResultCard } from './ResultCard.tsx';
import { isOpen, type Rerun, type RerunResult } from './rerun.ts';

/** While it is under way somebody looks at it, and it has no live feed of its own. */
const LOOK_EVERY_MS = 1500;
const MOST = 500;

export default function RerunShow() {
  return (
    <ShowBase<Rerun>
      queryOptions={{ refetchInterval: ({ state }) => (state.data && !isOpen(state.data) ? false : LOOK_EVERY_MS) }}
    >
      <RerunPage />
    </ShowBase>
  );
}

function RerunPage() {
  const rerun = useRecordContext<Rerun>();
  const translate = useTranslate();
  if (!rerun) return null;
  return (
    <Page
      title="reruns.title"
      intro={
        <>
          <bdi>
            {rerun.promptVersion} {rerun.model}
          </bdi>{' '}
          <WordChip words="reruns.state" value={rerun.state} />
        </>
      }
    >
      <Typography color="text.secondary" sx={{ mb: 2 }}>
        {translate('peyk.reruns.intro')}
      </Typography>
      <Progress rerun={rerun} />
      <Results rerun={rerun} />
    </Page>
  );
}

function Progress({ rerun }: { rerun: Rerun }) {
  const translate = useTranslate();
  const locale = useLocale();
  const operator = useOperator();
  const { done, total, changed, failed, costMicros, estimatedCostMicros } = rerun;
  const number = (value: number) => new Intl.NumberFormat(locale === 'fa' ? 'fa-IR' : 'en').format(value);
  const words = [
    translate('peyk.reruns.progress', { done: number(done), total: number(total) }),
    translate('peyk.reruns.changed', { count: number(changed) }),
    ...(failed > 0 ? [translate('peyk.reruns.failed', { count: number(failed) })] : []),
    `${translate('peyk.reruns.cost')} ${formatCost(costMicros, locale)}`,
    ...(estimatedCostMicros === null
      ? []
      : [translate('peyk.reruns.estimated', { cost: formatCost(estimatedCostMicros, locale) })]),
  ];
  return (
    <Box sx={{ mb: 2 }}>
      <LinearProgress
        variant="determinate"
        value={total === 0 ? 100 : (done / total) * 100}
        aria-label={words[0]}
        sx={{ mb: 1, height: 8, borderRadius: 4 }}
      />
      <Box sx={{ display: 'flex', flexWrap: 'wrap', gap: 2, alignItems: 'center' }} data-rerun={rerun.state}>
        <Typography variant="body2">{words.join(' · ')}</Typography>
        {isOpen(rerun) && (
          <ActionButton
            action="cancel_rerun"
            done="rerun_cancelled"
            confirm="cancel_rerun"
            color="warning"
            run={() => operator.cancelRerun(rerun.id)}
          />
        )}
      </Box>
    </Box>
  );
}

function Results({ rerun }: { rerun: Rerun }) {
  const translate = useTranslate();
  const [onlyChanged, setOnlyChanged] = useState(false);
  const { data, isPending, error } = useGetList<RerunResult>(
    'rerun-results',
    {
      filter: { rerunId: rerun.id, ...(onlyChanged ? { difference: ['wording', 'outcome'] } : {}) },
      pagination: { page: 1, perPage: MOST },
      sort: { field: 'position', order: 'ASC' },
      // Read anew with each step forward, the last one too.
      meta: { done: rerun.done, state: rerun.state },
    },
    { refetchInterval: isOpen(rerun) ? LOOK_EVERY_MS : false },
  );
  return (
    <>
      <FormControlLabel
        control={<Switch checked={onlyChanged} onChange={(_event, isOn) => setOnlyChanged(isOn)} />}
        label={translate('peyk.reruns.only_changed')}
        sx={{ mb: 1 }}
      />
      <Reading isPending={isPending} error={error} hasData={data !== undefined} />
      {data?.length === 0 && <Alert severity="info">{translate('peyk.reruns.no_results')}</Alert>}
      <Box sx={{ display: 'grid', gap: 2 }}>
        {(data ?? []).map((result) => (
          <ResultCard key={result.id} result={result} />
        ))}
      </Box>
    </>
  );
}
