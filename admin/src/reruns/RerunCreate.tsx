import Alert from '@mui/material/Alert';
import Box from '@mui/material/Box';
import MuiButton from '@mui/material/Button';
import Card from '@mui/material/Card';
import CardContent from '@mui/material/CardContent';
import MenuItem from '@mui/material/MenuItem';
import TextField from '@mui/material/TextField';
import { type FormEvent, useState } from 'react';
import { useLocale, useLocation, useRedirect, useTranslate } from 'react-admin';
import { formatCost } from '../fields/amounts.ts';
import { messageOf } from '../layout/use-operator-action.ts';
import { Page } from '../pages/Page.tsx';
import { useVersions } from '../prompt-versions/prompt-version.ts';
import { useOperator } from '../providers/use-operator.ts';
import type { Rerun, RerunEstimate } from './rerun.ts';

interface Choice {
  prompt: string;
  model: string;
  days: string;
  limit: string;
}

/** Asks what a re-run would cost, shows it, and begins only then. */
export default function RerunCreate() {
  const translate = useTranslate();
  const operator = useOperator();
  const redirect = useRedirect();
  const parameters = new URLSearchParams(useLocation().search);
  const conversationId = parameters.get('conversation');
  const [choice, setChoice] = useState<Choice>({
    prompt: parameters.get('prompt') ?? '',
    model: '',
    days: conversationId ? '90' : '7',
    limit: conversationId ? '10' : '100',
  });
  const [estimate, setEstimate] = useState<RerunEstimate | null>(null);
  const [fault, setFault] = useState<string | null>(null);
  const [isBusy, setIsBusy] = useState(false);

  function change(changes: Partial<Choice>) {
    setChoice({ ...choice, ...changes });
    // What was estimated is not what would begin any more.
    setEstimate(null);
  }

  async function ask(dryRun: boolean) {
    setIsBusy(true);
    setFault(null);
    try {
      const { prompt, model, days, limit } = choice;
      const answer = await operator.startRerun<{ estimate: RerunEstimate; rerun: Rerun | null }>({
        ...(prompt ? { prompt } : {}),
        ...(model.trim() ? { model: model.trim() } : {}),
        ...(conversationId ? { conversationId } : {}),
        days: Number(days),
        limit: Number(limit),
        dryRun,
      });
      setEstimate(answer.estimate);
      if (answer.rerun) redirect('show', 'reruns', answer.rerun.id);
    } catch (error) {
      setFault(messageOf(error));
    } finally {
      setIsBusy(false);
    }
  }

  function submit(event: FormEvent) {
    event.preventDefault();
    void ask(true);
  }

  return (
    <Page title="reruns.new_title" intro={translate('peyk.reruns.intro')} maxWidth={760}>
      <Card>
        <CardContent component="form" onSubmit={submit} sx={{ display: 'grid', gap: 2 }}>
          {conversationId && <Alert severity="info">{translate('peyk.reruns.one_conversation')}</Alert>}
          <ChoiceFields choice={choice} onChange={change} />
          <Box sx={{ display: 'flex', gap: 1 }}>
            <MuiButton type="submit" variant={estimate ? 'outlined' : 'contained'} disabled={isBusy}>
              {translate('peyk.action.estimate')}
            </MuiButton>
            {estimate && estimate.turns > 0 && (
              <MuiButton variant="contained" disabled={isBusy} onClick={() => void ask(false)}>
                {translate('peyk.action.begin')}
              </MuiButton>
            )}
          </Box>
          {estimate && <EstimateNotice estimate={estimate} />}
          {fault && <Alert severity="error">{translate(fault, { _: fault })}</Alert>}
        </CardContent>
      </Card>
    </Page>
  );
}

function ChoiceFields({ choice, onChange }: { choice: Choice; onChange: (changes: Partial<Choice>) => void }) {
  const translate = useTranslate();
  const versions = useVersions() ?? [];
  const isKnown = choice.prompt === '' || versions.some(({ version }) => version === choice.prompt);
  return (
    <>
      <TextField
        select
        label={translate('peyk.reruns.prompt')}
        value={isKnown ? choice.prompt : ''}
        onChange={(event) => onChange({ prompt: event.target.value })}
        margin="none"
        slotProps={{ select: { displayEmpty: true }, inputLabel: { shrink: true } }}
      >
        <MenuItem value="">{translate('peyk.reruns.in_use')}</MenuItem>
        {versions.map(({ version, isRelease }) => (
          <MenuItem key={version} value={version}>
            {isRelease ? translate('peyk.versions.release', { version }) : version}
          </MenuItem>
        ))}
      </TextField>
      <TextField
        label={translate('peyk.reruns.model')}
        helperText={translate('peyk.reruns.model_hint')}
        value={choice.model}
        onChange={(event) => onChange({ model: event.target.value })}
        margin="none"
        slotProps={{ htmlInput: { dir: 'ltr' } }}
      />
      <Box sx={{ display: 'grid', gap: 2, gridTemplateColumns: { sm: '1fr 1fr' } }}>
        <TextField
          type="number"
          label={translate('peyk.reruns.days')}
          value={choice.days}
          onChange={(event) => onChange({ days: event.target.value })}
          margin="none"
          required
          slotProps={{ htmlInput: { min: 1, max: 90 } }}
        />
        <TextField
          type="number"
          label={translate('peyk.reruns.limit')}
          value={choice.limit}
          onChange={(event) => onChange({ limit: event.target.value })}
          margin="none"
          required
          slotProps={{ htmlInput: { min: 1, max: 500 } }}
        />
      </Box>
    </>
  );
}

function EstimateNotice({ estimate }: { estimate: RerunEstimate }) {
  const translate = useTranslate();
  const locale = useLocale();
  if (estimate.turns === 0) return <Alert severity="warning">{translate('peyk.reruns.no_turns')}</Alert>;
  const { turns, promptVersion, model, costMicros, inputTokens, outputTokens } = estimate;
  const amount = new Intl.NumberFormat(locale === 'fa' ? 'fa-IR' : 'en');
  return (
    <Alert severity={costMicros === null || estimate.ignoresPrompt ? 'warning' : 'info'} data-estimate={turns}>
      {translate('peyk.reruns.estimate', {
        turns: amount.format(turns),
        prompt: promptVersion,
        model,
        tokens: amount.format(inputTokens + outputTokens),
        cost: costMicros === null ? translate('peyk.reruns.unknown_cost') : formatCost(costMicros, locale),
      })}{' '}
      {estimate.ignoresPrompt && translate('peyk.reruns.ignores_prompt')}
    </Alert>
  );
}
