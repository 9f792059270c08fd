import Alert from '@mui/material/Alert';
import Box from '@mui/material/Box';
import Tab from '@mui/material/Tab';
import Tabs from '@mui/material/Tabs';
import Typography from '@mui/material/Typography';
import { useState } from 'react';
import { useLocale, useTranslate } from 'react-admin';
import { formatNumber } from '../fields/moment.ts';
import { Page, Reading } from '../pages/Page.tsx';
import { useRead } from '../pages/use-read.ts';
import { AnswerDialog } from './AnswerDialog.tsx';
import { QuestionCard } from './QuestionCard.tsx';
import { QUESTION_STATES, type QuestionState, type UnansweredList, type UnansweredQuestion } from './unanswered.ts';

/** New turns have no live feed of their own here; a minute is soon enough. */
const LOOK_EVERY_MS = 60_000;

/** What the bot could not answer, gathered by meaning, with the way to an answer beside each. */
export default function UnansweredPage() {
  const translate = useTranslate();
  const locale = useLocale() ?? 'en';
  const [state, setState] = useState<QuestionState>('open');
  const [answering, setAnswering] = useState<UnansweredQuestion | null>(null);
  const { data, isPending, error } = useRead<UnansweredList>(`/api/unanswered-questions?state=${state}`, {
    staleWith: 'unanswered-questions',
    everyMs: LOOK_EVERY_MS,
  });
  return (
    <Page title="unanswered.title" intro={translate('peyk.unanswered.intro')} maxWidth={900}>
      <Tabs
        value={state}
        onChange={(_event, next: QuestionState) => setState(next)}
        variant="scrollable"
        allowScrollButtonsMobile
        aria-label={translate('peyk.unanswered.title')}
        sx={{ mb: 2 }}
      >
        {QUESTION_STATES.map((name) => (
          <Tab
            key={name}
            value={name}
            label={`${translate(`peyk.unanswered.state.${name}`)}${data ? ` (${formatNumber(data.counts[name], locale)})` : ''}`}
          />
        ))}
      </Tabs>
      <Reading isPending={isPending} error={error} hasData={data !== undefined} />
      {data && !data.complete && (
        <Alert severity="info" sx={{ mb: 2 }}>
          {translate('peyk.unanswered.newest_only')}
        </Alert>
      )}
      {data?.questions.length === 0 && (
        <Typography color="text.secondary">{translate(`peyk.unanswered.empty.${state}`)}</Typography>
      )}
      <Box sx={{ display: 'grid', gap: 2 }}>
        {(data?.questions ?? []).map((question) => (
          <QuestionCard key={question.id} question={question} onAnswer={() => setAnswering(question)} />
        ))}
      </Box>
      {answering && <AnswerDialog question={answering} onClose={() => setAnswering(null)} />}
    </Page>
  );
}
