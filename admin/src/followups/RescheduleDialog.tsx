import { useTranslate } from 'react-admin';
import { WhenDialog } from '../fields/WhenDialog.tsx';
import { useOperatorAction } from '../layout/use-operator-action.ts';
import { useOperator } from '../providers/use-operator.ts';
import type { FollowUp } from '../records.ts';

interface RescheduleDialogProps {
  followUp: FollowUp;
  onClose: () => void;
}

/** Asks for another time of a follow-up. */
export function RescheduleDialog({ followUp, onClose }: RescheduleDialogProps) {
  const translate = useTranslate();
  const operator = useOperator();
  const { start, isRunning } = useOperatorAction(
    (iso: string) => operator.rescheduleFollowUp(followUp.id, iso),
    'peyk.done.follow_up_moved',
  );

  async function save(iso: string) {
    if (await start(iso)) onClose();
  }

  return (
    <WhenDialog
      title={translate('peyk.action.change_time')}
      initialMs={Date.parse(followUp.dueAt)}
      isBusy={isRunning}
      onSave={(iso) => void save(iso)}
      onClose={onClose}
    />
  );
}
