import Box from '@mui/material/Box';
import Checkbox from '@mui/material/Checkbox';
import FormControlLabel from '@mui/material/FormControlLabel';
import { useState } from 'react';
import { useCanAccess, useTranslate } from 'react-admin';
import { ActionButton } from '../layout/ActionButton.tsx';
import { useOperator } from '../providers/use-operator.ts';
import type { Conversation } from '../records.ts';

/**
 * Taking over is asked for at once, since somebody waits, and so is what takes it off the list of those who wait; the others
 * are confirmed.
 */
export function OwnerButtons({ record }: { record: Conversation }) {
  const operator = useOperator();
  const { canAccess } = useCanAccess({ resource: 'conversations', action: 'manage' });
  const { canAccess: canSolve } = useCanAccess({ resource: 'tickets', action: 'manage' });
  const isToSolve = canSolve === true && record.needsHuman;
  return (
    <Box sx={{ display: 'flex', gap: 1, flexWrap: 'wrap' }}>
      {isToSolve && <ActionButton action="solve_all" done="solved_all" run={() => operator.solve(record.id)} />}
      {canAccess && record.mode !== 'human' && (
        <ActionButton
          action="take_over"
          done="took_over"
          variant="contained"
          shortcut="t"
          run={() => operator.takeOver(record.id)}
        />
      )}
      {canAccess && record.mode !== 'bot' && <ReleaseButton record={record} isToSolve={isToSolve} />}
      {canAccess && record.status !== 'closed' && (
        <ActionButton
          action="close"
          done="closed"
          color="inherit"
          confirm="close"
          run={() => operator.close(record.id)}
        />
      )}
    </Box>
  );
}

/** Whoever hands back is usually done with it, so solving what waited is offered, and chosen. */
function ReleaseButton({ record, isToSolve }: { record: Conversation; isToSolve: boolean }) {
  const translate = useTranslate();
  const operator = useOperator();
  const [solves, setSolves] = useState(true);
  async function release() {
    await operator.release(record.id);
    if (isToSolve && solves) await operator.solve(record.id);
  }
  return (
    <ActionButton
      action="release"
      done="released"
      confirm="release"
      shortcut="e"
      run={release}
      choice={
        isToSolve && (
          <FormControlLabel
            control={<Checkbox checked={solves} onChange={(_, isChecked) => setSolves(isChecked)} />}
            label={translate('peyk.confirm.release_solves')}
          />
        )
      }
    />
  );
}
