import MuiButton from '@mui/material/Button';
import Typography from '@mui/material/Typography';
import { useState } from 'react';
import { Confirm, useGetList, useLocale, useTranslate } from 'react-admin';
import { formatNumber } from '../fields/moment.ts';
import { RunSummary } from './RunSummary.tsx';
import type { Candidate, TestConversation } from './test-set.ts';
import { useTestRun } from './use-test-run.ts';

const MOST = { pagination: { page: 1, perPage: 500 }, sort: { field: 'createdAt', order: 'ASC' as const } };

/** Runs the shop's test set with what is not published yet, on request; asks first where a model is paid for it. */
export function TestSetTrial({ candidate }: { candidate: Candidate }) {
  const translate = useTranslate();
  const locale = useLocale() ?? 'en';
  const { data } = useGetList<TestConversation>('test-conversations', MOST);
  const { progress, start } = useTestRun();
  const [isAsking, setIsAsking] = useState(false);
  const turns = (data ?? []).reduce((sum, row) => sum + row.turns.length, 0);
  if (!data || turns === 0) return null;
  const count = formatNumber(turns * 2, locale);
  const begin = () => {
    setIsAsking(false);
    void start(candidate);
  };
  return (
    <>
      <MuiButton
        size="small"
        variant="outlined"
        sx={{ mt: 1 }}
        disabled={progress.isRunning}
        onClick={candidate.withModel ? () => setIsAsking(true) : begin}
      >
        {translate('peyk.action.run_test_set')}
      </MuiButton>
      <Typography variant="caption" color="text.secondary" component="p">
        {translate(candidate.withModel ? 'peyk.test_set.trial_model' : 'peyk.test_set.trial_free', { count })}
      </Typography>
      <RunSummary progress={progress} isTrial />
      <Confirm
        isOpen={isAsking}
        title={translate('peyk.confirm.run_test_set_title')}
        content={translate('peyk.confirm.run_test_set_text', { count })}
        onConfirm={begin}
        onClose={() => setIsAsking(false)}
      />
    </>
  );
}
