import MuiButton from '@mui/material/Button';
import Dialog from '@mui/material/Dialog';
import DialogActions from '@mui/material/DialogActions';
import DialogContent from '@mui/material/DialogContent';
import DialogTitle from '@mui/material/DialogTitle';
import TextField from '@mui/material/TextField';
import { useState } from 'react';
import { useLocale, useTranslate } from 'react-admin';
import { formatMoment, toLocalInput } from '../fields/moment.ts';
import { useOperatorAction } from '../layout/use-operator-action.ts';
import { useOperator } from '../providers/use-operator.ts';
import type { FollowUp } from '../records.ts';

interface RescheduleDialogProps {
  followUp: FollowUp;
  onClose: () => void;
}

/** Asks for another time. The browser's own picker is Gregorian, so the reader's calendar stands below it. */
export function RescheduleDialog({ followUp, onClose }: RescheduleDialogProps) {
  const translate = useTranslate();
  const locale = useLocale() ?? 'en';
  const operator = useOperator();
  const [value, setValue] = useState(() => toLocalInput(Date.parse(followUp.dueAt)));
  const dueAt = new Date(value);
  const isFuture = dueAt.getTime() > Date.now();
  const { start, isRunning } = useOperatorAction(
    () => operator.rescheduleFollowUp(followUp.id, dueAt.toISOString()),
    'peyk.done.follow_up_moved',
  );

  async function save() {
    if (await start()) onClose();
  }

  return (
    <Dialog open onClose={onClose} aria-labelledby="reschedule-title">
      <DialogTitle id="reschedule-title">{translate('peyk.action.change_time')}</DialogTitle>
      <DialogContent>
        <TextField
          type="datetime-local"
          label={translate('peyk.card.new_time')}
          value={value}
          onChange={(event) => setValue(event.target.value)}
          error={!isFuture}
          helperText={isFuture ? formatMoment(dueAt.toISOString(), locale) : translate('peyk.errors.time_in_past')}
          slotProps={{ inputLabel: { shrink: true }, htmlInput: { dir: 'ltr' } }}
        />
      </DialogContent>
      <DialogActions>
        <MuiButton onClick={onClose}>{translate('ra.action.cancel')}</MuiButton>
        <MuiButton variant="contained" onClick={() => void save()} disabled={!isFuture || isRunning}>
          {translate('peyk.action.save_time')}
        </MuiButton>
      </DialogActions>
    </Dialog>
  );
}
