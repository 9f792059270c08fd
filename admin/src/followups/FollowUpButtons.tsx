import MuiButton from '@mui/material/Button';
import { useState } from 'react';
import { useCanAccess, useTranslate } from 'react-admin';
import { ActionButton } from '../layout/ActionButton.tsx';
import { useOperator } from '../providers/use-operator.ts';
import type { FollowUp } from '../records.ts';
import { RescheduleDialog } from './RescheduleDialog.tsx';

/** Only a follow-up that still waits can be changed. */
export function FollowUpButtons({ followUp }: { followUp: FollowUp }) {
  const translate = useTranslate();
  const operator = useOperator();
  const [isChanging, setIsChanging] = useState(false);
  const { canAccess } = useCanAccess({ resource: 'followups', action: 'manage' });
  if (followUp.state !== 'pending' || !canAccess) return null;
  return (
    <>
      <MuiButton size="small" variant="outlined" onClick={() => setIsChanging(true)}>
        {translate('peyk.action.change_time')}
      </MuiButton>
      <ActionButton
        action="cancel_follow_up"
        done="follow_up_cancelled"
        color="warning"
        confirm="cancel_follow_up"
        run={() => operator.cancelFollowUp(followUp.id)}
      />
      {isChanging && <RescheduleDialog followUp={followUp} onClose={() => setIsChanging(false)} />}
    </>
  );
}
