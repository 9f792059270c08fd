import Alert from '@mui/material/Alert';
import Box from '@mui/material/Box';
import MenuItem from '@mui/material/MenuItem';
import TextField from '@mui/material/TextField';
import Typography from '@mui/material/Typography';
import { useEffect, useState } from 'react';
import { useTranslate } from 'react-admin';
import { useChannelLabel, useChannels } from '../channels/use-channels.ts';
import { messageOf } from '../layout/use-operator-action.ts';
import { Page } from '../pages/Page.tsx';
import { Section } from '../pages/Section.tsx';
import { useOperator } from '../providers/use-operator.ts';
import { RehearsalLog } from './RehearsalLog.tsx';
import type { RehearsalResult, Step } from './rehearsal.ts';
import { ScriptEditor } from './ScriptEditor.tsx';
import { SimulatorTabs } from './SimulatorTabs.tsx';

/** A story on a clock of its own: the person writes it step by step, and it is played anew after each. */
export default function RehearsalPage() {
  const translate = useTranslate();
  const [channel, setChannel] = useState<string>('simulator');
  const labelOf = useChannelLabel();
  // The chosen one is there before the others are known.
  const names = new Set([channel, ...useChannels().map(({ name }) => name)]);
  const [steps, setSteps] = useState<Step[]>([]);
  // One beginning for the whole story, so that its clock does not jump from play to play.
  const [startAt] = useState(() => new Date().toISOString());
  const { result, fault } = useRehearsal(channel, startAt, steps);
  return (
    <Page title="rehearsal.title" intro={translate('peyk.rehearsal.intro')}>
      <SimulatorTabs value="/rehearsal" />
      <TextField
        select
        label={translate('peyk.rehearsal.channel')}
        value={channel}
        onChange={(event) => setChannel(event.target.value)}
        margin="none"
        fullWidth={false}
        sx={{ minWidth: 200, mb: 2 }}
      >
        {[...names].map((name) => (
          <MenuItem key={name} value={name}>
            {labelOf(name)}
          </MenuItem>
        ))}
      </TextField>
      <Box sx={{ display: 'grid', gap: 2, gridTemplateColumns: { xs: 'minmax(0, 1fr)', md: '2fr 3fr' } }}>
        <Section title="rehearsal.script">
          <ScriptEditor steps={steps} onChange={setSteps} />
        </Section>
        <Section title="rehearsal.result">
          {fault && <Alert severity="error">{translate(fault, { _: fault })}</Alert>}
          {steps.length === 0 && <Typography color="text.secondary">{translate('peyk.rehearsal.empty')}</Typography>}
          {steps.length > 0 && result && <RehearsalLog result={result} />}
        </Section>
      </Box>
    </Page>
  );
}

/** Plays the script whenever it changes; an answer that was overtaken is dropped. */
function useRehearsal(channel: string, startAt: string, steps: Step[]) {
  const operator = useOperator();
  const [result, setResult] = useState<RehearsalResult | null>(null);
  const [fault, setFault] = useState<string | null>(null);
  useEffect(() => {
    if (steps.length === 0) return;
    let isCurrent = true;
    operator.rehearse<RehearsalResult>({ channel, startAt, steps }).then(
      (answer) => {
        if (!isCurrent) return;
        setResult(answer);
        setFault(null);
      },
      (error: unknown) => {
        if (isCurrent) setFault(messageOf(error));
      },
    );
    return () => {
      isCurrent = false;
    };
  }, [operator, channel, startAt, steps]);
  return { result, fault };
}
