import DeleteIcon from '@mui/icons-material/DeleteOutlined';
import Box from '@mui/material/Box';
import MuiButton from '@mui/material/Button';
import IconButton from '@mui/material/IconButton';
import List from '@mui/material/List';
import ListItem from '@mui/material/ListItem';
import ListItemText from '@mui/material/ListItemText';
import TextField from '@mui/material/TextField';
import Typography from '@mui/material/Typography';
import { type FormEvent, useState } from 'react';
import { useTranslate } from 'react-admin';
import type { Step } from './rehearsal.ts';

interface ScriptEditorProps {
  steps: Step[];
  onChange: (steps: Step[]) => void;
}

const HOURS = [1, 6, 12, 25];
const MAX_STEPS = 60;

export function ScriptEditor({ steps, onChange }: ScriptEditorProps) {
  const translate = useTranslate();
  const add = (step: Step) => onChange([...steps, step].slice(0, MAX_STEPS));
  const t = (words: string) => translate(`peyk.rehearsal.${words}`);
  return (
    <Box sx={{ display: 'grid', gap: 1.5 }}>
      <Words label={t('say')} example={t('example_1')} onAdd={(say) => add({ say })} />
      <Box>
        <Typography variant="body2" color="text.secondary" component="h3">
          {t('wait')}
        </Typography>
        <Box sx={{ display: 'flex', gap: 1, flexWrap: 'wrap' }}>
          {HOURS.map((hours) => (
            <MuiButton key={hours} size="small" variant="outlined" onClick={() => add({ waitHours: hours })}>
              {translate('peyk.rehearsal.hours', { count: hours })}
            </MuiButton>
          ))}
        </Box>
      </Box>
      <Box sx={{ display: 'flex', gap: 1, flexWrap: 'wrap' }}>
        <MuiButton size="small" variant="outlined" onClick={() => add({ takeOver: true })}>
          {t('take_over')}
        </MuiButton>
        <MuiButton size="small" variant="outlined" onClick={() => add({ release: true })}>
          {t('release')}
        </MuiButton>
        <MuiButton size="small" variant="outlined" onClick={() => add({ close: true })}>
          {t('close')}
        </MuiButton>
      </Box>
      <Words label={t('write')} example="" onAdd={(write) => add({ write })} />
      <List dense>
        {steps.map((step, index) => (
          <ListItem
            // Steps have no ids; the list is drawn anew with each change.
            key={index.toString()}
            divider
            secondaryAction={
              <IconButton
                edge="end"
                size="small"
                aria-label={`${t('remove')} ${index + 1}`}
                onClick={() => onChange(steps.filter((_, at) => at !== index))}
              >
                <DeleteIcon fontSize="small" />
              </IconButton>
            }
          >
            <ListItemText primary={<StepWords step={step} />} />
          </ListItem>
        ))}
      </List>
      {steps.length > 0 && (
        <MuiButton size="small" onClick={() => onChange([])}>
          {translate('peyk.action.clear')}
        </MuiButton>
      )}
    </Box>
  );
}

function StepWords({ step }: { step: Step }) {
  const translate = useTranslate();
  const t = (words: string) => translate(`peyk.rehearsal.${words}`);
  if ('say' in step) return `${t('say')}: \u2068${step.say}\u2069`;
  if ('write' in step) return `${t('write')}: \u2068${step.write}\u2069`;
  if ('waitHours' in step) {
    return `${t('wait')}: ${translate('peyk.rehearsal.hours', { count: step.waitHours })}`;
  }
  return t('takeOver' in step ? 'take_over' : 'release' in step ? 'release' : 'close');
}

function Words({ label, example, onAdd }: { label: string; example: string; onAdd: (text: string) => void }) {
  const translate = useTranslate();
  const [text, setText] = useState(example);
  function submit(event: FormEvent) {
    event.preventDefault();
    if (text.trim() === '') return;
    onAdd(text.trim());
    setText('');
  }
  return (
    <Box component="form" onSubmit={submit} sx={{ display: 'flex', gap: 1 }}>
      <TextField
        label={label}
        value={text}
        onChange={(event) => setText(event.target.value)}
        size="small"
        margin="none"
        fullWidth
        slotProps={{ htmlInput: { dir: 'auto', maxLength: 2000 } }}
      />
      <MuiButton type="submit" variant="contained" disabled={text.trim() === ''}>
        {translate('peyk.action.add')}
      </MuiButton>
    </Box>
  );
}
