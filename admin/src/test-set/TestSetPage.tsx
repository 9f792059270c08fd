import Alert from '@mui/material/Alert';
import Box from '@mui/material/Box';
import MuiButton from '@mui/material/Button';
import Card from '@mui/material/Card';
import CardContent from '@mui/material/CardContent';
import FormControlLabel from '@mui/material/FormControlLabel';
import Switch from '@mui/material/Switch';
import Typography from '@mui/material/Typography';
import { useState } from 'react';
import { Confirm, LinkBase, useCanAccess, useGetList, useLocale, useTranslate } from 'react-admin';
import { formatNumber } from '../fields/moment.ts';
import { Page, Reading } from '../pages/Page.tsx';
import { RunSummary } from './RunSummary.tsx';
import { TestFileButtons } from './TestFileButtons.tsx';
import { TurnResult } from './TurnResult.tsx';
import type { TestConversation, TestRun } from './test-set.ts';
import { useTestRun } from './use-test-run.ts';

const ALL = { pagination: { page: 1, perPage: 500 }, sort: { field: 'createdAt', order: 'ASC' as const } };

/** What must stay right: conversations with what the answers must say, run whenever somebody wants to know. */
export default function TestSetPage() {
  const translate = useTranslate();
  const { data, isPending, error } = useGetList<TestConversation>('test-conversations', ALL);
  const { canAccess: mayWrite } = useCanAccess({ resource: 'test-conversations', action: 'create' });
  const { progress, start, stop } = useTestRun();
  const isEmpty = data?.length === 0;
  return (
    <Page title="test_set.title" intro={translate('peyk.test_set.intro')} maxWidth={900}>
      <Box sx={{ display: 'flex', flexWrap: 'wrap', gap: 1, mb: 1, alignItems: 'center' }}>
        {mayWrite && (
          <MuiButton
            size="small"
            variant={isEmpty ? 'contained' : 'outlined'}
            component={LinkBase}
            to="/test-conversations/create"
          >
            {translate('peyk.action.add_test')}
          </MuiButton>
        )}
        <TestFileButtons mayWrite={mayWrite === true} hasRows={!isEmpty} />
      </Box>
      {data && !isEmpty && <RunButtons rows={data} isRunning={progress.isRunning} onStart={start} onStop={stop} />}
      <RunSummary progress={progress} />
      <Reading isPending={isPending} error={error} hasData={data !== undefined} />
      {isEmpty && <Alert severity="info">{translate('peyk.test_set.empty')}</Alert>}
      <Box sx={{ display: 'grid', gap: 2, mt: 1 }}>
        {(data ?? []).map((row) => (
          <ConversationCard
            key={row.id}
            row={row}
            run={progress.runs.find(({ id }) => id === row.id)}
            mayWrite={mayWrite === true}
          />
        ))}
      </Box>
    </Page>
  );
}

interface RunButtonsProps {
  rows: readonly TestConversation[];
  isRunning: boolean;
  onStart: (how: { withModel: boolean }) => Promise<void>;
  onStop: () => void;
}

/** By rules at no cost, or with the model that customers are answered by, which is asked about first. */
function RunButtons({ rows, isRunning, onStart, onStop }: RunButtonsProps) {
  const translate = useTranslate();
  const locale = useLocale() ?? 'en';
  const [withModel, setWithModel] = useState(false);
  const [isAsking, setIsAsking] = useState(false);
  const { canAccess: mayRun } = useCanAccess({ resource: 'test-conversations', action: 'manage' });
  if (!mayRun) return null;
  const count = formatNumber(
    rows.reduce((sum, { turns }) => sum + turns.length, 0),
    locale,
  );
  const begin = () => {
    setIsAsking(false);
    void onStart({ withModel });
  };
  return (
    <Box sx={{ display: 'flex', flexWrap: 'wrap', gap: 1, alignItems: 'center' }}>
      {isRunning ? (
        <MuiButton size="small" variant="outlined" color="warning" onClick={onStop}>
          {translate('peyk.action.cancel_rerun')}
        </MuiButton>
      ) : (
        <MuiButton size="small" variant="contained" onClick={withModel ? () => setIsAsking(true) : begin}>
          {translate('peyk.action.run_all')}
        </MuiButton>
      )}
      <FormControlLabel
        control={<Switch checked={withModel} onChange={(_event, isOn) => setWithModel(isOn)} disabled={isRunning} />}
        label={translate('peyk.test_set.with_model')}
      />
      <Confirm
        isOpen={isAsking}
        title={translate('peyk.confirm.run_test_set_title')}
        content={translate('peyk.confirm.run_test_set_text', { count })}
        onConfirm={begin}
        onClose={() => setIsAsking(false)}
      />
    </Box>
  );
}

function ConversationCard({
  row,
  run,
  mayWrite,
}: {
  row: TestConversation;
  run: TestRun | undefined;
  mayWrite: boolean;
}) {
  const translate = useTranslate();
  const turns = run?.turns ?? [];
  return (
    <Card component="article" data-test={row.id}>
      <CardContent>
        <Box sx={{ display: 'flex', justifyContent: 'space-between', alignItems: 'baseline', gap: 1 }}>
          <Typography
            component="h2"
            variant="subtitle1"
            dir="auto"
            sx={{ fontWeight: 600, overflowWrap: 'anywhere', minWidth: 0 }}
          >
            {row.name}
          </Typography>
          {mayWrite && (
            <MuiButton
              size="small"
              component={LinkBase}
              to={`/test-conversations/${row.id}`}
              aria-label={`${translate('ra.action.edit')} ${row.name}`}
            >
              {translate('ra.action.edit')}
            </MuiButton>
          )}
        </Box>
        {run
          ? turns.map((turn, at) => <TurnResult key={`${row.id} ${at}`} turn={turn} />)
          : row.turns.map(({ say }, at) => (
              <Typography
                key={`${row.id} ${at}`}
                variant="body2"
                dir="auto"
                sx={{ whiteSpace: 'pre-wrap', overflowWrap: 'anywhere', py: 0.5 }}
              >
                {say.join('\n')}
              </Typography>
            ))}
      </CardContent>
    </Card>
  );
}
