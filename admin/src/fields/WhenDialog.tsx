import Alert from '@mui/material/Alert';
import MuiButton from '@mui/material/Button';
import Dialog from '@mui/material/Dialog';
import DialogActions from '@mui/material/DialogActions';
import DialogContent from '@mui/material/DialogContent';
import DialogTitle from '@mui/material/DialogTitle';
import TextField from '@mui/material/TextField';
import { type FormEvent, useId, useState } from 'react';
import { useLocale, useTranslate } from 'react-admin';
import { formatMoment, toLocalInput } from './moment.ts';

interface WhenDialogProps {
  title: string;
  initialMs: number;
  /** The latest time that is any good, ISO 8601; null when there is none. */
  before?: string | null;
  isBusy: boolean;
  /** Gets the time as ISO 8601 in UTC. */
  onSave: (iso: string) => void;
  onClose: () => void;
}

/** Asks for a time to come. The browser's own picker is Gregorian, so the reader's calendar stands below it. */
export function WhenDialog({ title, initialMs, before = null, isBusy, onSave, onClose }: WhenDialogProps) {
  const translate = useTranslate();
  const locale = useLocale() ?? 'en';
  const titleId = useId();
  const [value, setValue] = useState(() => toLocalInput(initialMs));
  const at = new Date(value);
  const isFuture = at.getTime() > Date.now();
  const isLate = before !== null && at.getTime() >= Date.parse(before);
  const canSave = isFuture && !isBusy;

  // A form, so that Enter saves; inside the page of a record, it must not save that record as well.
  function submit(event: FormEvent) {
    event.preventDefault();
    event.stopPropagation();
    if (canSave) onSave(at.toISOString());
  }

  // The types of the paper know nothing of what a form takes.
  const form = { component: 'form', noValidate: true, onSubmit: submit } as const;
  return (
    <Dialog open onClose={onClose} aria-labelledby={titleId} slotProps={{ paper: form }}>
      <DialogTitle id={titleId}>{title}</DialogTitle>
      <DialogContent>
        <TextField
          autoFocus
          fullWidth
          type="datetime-local"
          label={translate('peyk.card.new_time')}
          value={value}
          onChange={(event) => setValue(event.target.value)}
          error={!isFuture}
          helperText={isFuture ? formatMoment(at.toISOString(), locale) : translate('peyk.errors.time_in_past')}
          slotProps={{ inputLabel: { shrink: true }, htmlInput: { dir: 'ltr' } }}
        />
        {isLate && (
          <Alert severity="warning">
            {translate('peyk.errors.time_after_window', { time: formatMoment(before, locale) })}
          </Alert>
        )}
      </DialogContent>
      <DialogActions>
        <MuiButton onClick={onClose}>{translate('ra.action.cancel')}</MuiButton>
        <MuiButton type="submit" variant="contained" disabled={!canSave}>
          {translate('peyk.action.save_time')}
        </MuiButton>
      </DialogActions>
    </Dialog>
  );
}
