import Alert from '@mui/material/Alert';
import MuiButton from '@mui/material/Button';
import Dialog from '@mui/material/Dialog';
import DialogActions from '@mui/material/DialogActions';
import DialogContent from '@mui/material/DialogContent';
import DialogTitle from '@mui/material/DialogTitle';
import MenuItem from '@mui/material/MenuItem';
import TextField from '@mui/material/TextField';
import useMediaQuery from '@mui/material/useMediaQuery';
import { useState } from 'react';
import { useCanAccess, useDataProvider, useTranslate } from 'react-admin';
import { messageOf, useOperatorAction } from '../layout/use-operator-action.ts';
import { useOperator } from '../providers/use-operator.ts';
import { TestSetTrial } from '../test-set/TestSetTrial.tsx';
import { TriedWordings } from './TriedWordings.tsx';
import type { TriedAnswer, UnansweredQuestion } from './unanswered.ts';

const OWN_DIRECTION = { htmlInput: { dir: 'auto' } };

/** What was tried, and with which words: another letter typed, and it must be tried again. */
interface Trial {
  key: string;
  result: TriedAnswer;
}

/** Writes the shop's answer to a question that came: tried on what customers wrote first, then published. */
export function AnswerDialog({ question, onClose }: { question: UnansweredQuestion; onClose: () => void }) {
  const translate = useTranslate();
  const operator = useOperator();
  const dataProvider = useDataProvider();
  const { canAccess: mayRun } = useCanAccess({ resource: 'test-conversations', action: 'manage' });
  const isPhone = useMediaQuery('(max-width: 600px)');
  const [language, setLanguage] = useState<string>(question.language);
  const [words, setWords] = useState(question.question);
  const [answer, setAnswer] = useState('');
  const [trial, setTrial] = useState<Trial | null>(null);
  const [isTrying, setIsTrying] = useState(false);
  const [fault, setFault] = useState('');
  const given = { question: words.trim(), answer: answer.trim() };
  const key = JSON.stringify(given);
  const isTried = trial?.key === key;
  const isWhole = given.question !== '' && given.answer !== '';
  const publish = useOperatorAction(
    () => dataProvider.create('faqs', { data: { ...given, language } }),
    'peyk.done.answer_published',
  );

  async function tryIt() {
    setIsTrying(true);
    setFault('');
    try {
      setTrial({ key, result: await operator.tryAnswer<TriedAnswer>(question.id, given) });
    } catch (error) {
      setFault(messageOf(error));
    } finally {
      setIsTrying(false);
    }
  }

  return (
    <Dialog open onClose={onClose} fullWidth maxWidth="sm" fullScreen={isPhone} aria-labelledby="answer-dialog-title">
      <DialogTitle id="answer-dialog-title">{translate('peyk.unanswered.answer_title')}</DialogTitle>
      <DialogContent>
        <TextField
          label={translate('resources.faqs.fields.question')}
          value={words}
          onChange={(event) => setWords(event.target.value)}
          slotProps={OWN_DIRECTION}
          helperText={translate('peyk.unanswered.question_hint')}
          fullWidth
          multiline
        />
        <TextField
          label={translate('resources.faqs.fields.answer')}
          value={answer}
          onChange={(event) => setAnswer(event.target.value)}
          slotProps={OWN_DIRECTION}
          fullWidth
          multiline
          minRows={3}
          autoFocus
        />
        <TextField
          select
          label={translate('resources.faqs.fields.language')}
          value={language}
          onChange={(event) => setLanguage(event.target.value)}
          fullWidth={false}
          sx={{ minWidth: 160 }}
        >
          {['fa', 'en'].map((code) => (
            <MenuItem key={code} value={code}>
              {translate(`peyk.language.${code}`)}
            </MenuItem>
          ))}
        </TextField>
        {fault && (
          <Alert severity="error" sx={{ mt: 1 }}>
            {translate(fault, { _: fault })}
          </Alert>
        )}
        {isTried && trial && <TriedWordings trial={trial.result} />}
        {isTried && mayRun && <TestSetTrial key={key} candidate={{ faq: given }} />}
      </DialogContent>
      <DialogActions sx={{ flexWrap: 'wrap', gap: 1, px: 3, pb: 2 }} disableSpacing>
        <MuiButton onClick={onClose}>{translate('ra.action.cancel')}</MuiButton>
        {isTried ? (
          <MuiButton
            variant="contained"
            disabled={publish.isRunning}
            onClick={async () => {
              if (await publish.start()) onClose();
            }}
          >
            {translate('peyk.action.publish_answer')}
          </MuiButton>
        ) : (
          <MuiButton variant="contained" disabled={!isWhole || isTrying} onClick={() => void tryIt()}>
            {translate('peyk.action.try_answer')}
          </MuiButton>
        )}
      </DialogActions>
    </Dialog>
  );
}
