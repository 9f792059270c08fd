import Box from '@mui/material/Box';
import MuiButton from '@mui/material/Button';
import { useState } from 'react';
import { useCanAccess, useGetList, useTranslate } from 'react-admin';
import { Moment } from '../fields/Moment.tsx';
import { WhenDialog } from '../fields/WhenDialog.tsx';
import { Word } from '../fields/Word.tsx';
import { ActionButton } from '../layout/ActionButton.tsx';
import { useOperatorAction } from '../layout/use-operator-action.ts';
import { usePollMs } from '../live/live-state.ts';
import { useOperator } from '../providers/use-operator.ts';
import type { Conversation, Timer } from '../records.ts';
import { FollowUpPart } from './FollowUpPart.tsx';
import { Part } from './Part.tsx';

/** Everything that will happen by itself, each with its time, and what can be done about it. */
export function TimersPart({ record }: { record: Conversation }) {
  const { canAccess } = useCanAccess({ resource: 'timers', action: 'view' });
  const { data: timers = [] } = useGetList<Timer>(
    'timers',
    {
      filter: { conversationId: record.id, state: 'pending' },
      pagination: { page: 1, perPage: 50 },
      sort: { field: 'dueAt', order: 'ASC' },
    },
    { enabled: canAccess === true, refetchInterval: usePollMs() },
  );
  return (
    <>
      <Part label="follow_up">
        <FollowUpPart record={record} />
      </Part>
      {timers.length > 0 && (
        <Part label="timers">
          <Box component="ul" sx={{ listStyle: 'none', m: 0, p: 0, display: 'grid', gap: 1 }}>
            {timers.map((timer) => (
              <TimerRow key={timer.id} timer={timer} record={record} />
            ))}
          </Box>
        </Part>
      )}
    </>
  );
}

function TimerRow({ timer, record }: { timer: Timer; record: Conversation }) {
  const translate = useTranslate();
  const operator = useOperator();
  const [isChanging, setIsChanging] = useState(false);
  const { canAccess } = useCanAccess({ resource: 'timers', action: 'manage' });
  const { start, isRunning } = useOperatorAction(
    (dueAt: string) => operator.rescheduleTimer(timer.id, dueAt),
    'peyk.done.timer_moved',
  );

  async function save(dueAt: string) {
    if (await start(dueAt)) setIsChanging(false);
  }

  return (
    <li>
      <Word words="timer_kind" value={timer.kind} /> · <Moment at={timer.dueAt} />
      {canAccess && (
        <Box sx={{ display: 'flex', gap: 1, flexWrap: 'wrap', mt: 0.5 }}>
          <MuiButton size="small" variant="outlined" onClick={() => setIsChanging(true)}>
            {translate('peyk.action.change_time')}
          </MuiButton>
          <ActionButton
            action="cancel_timer"
            done="timer_cancelled"
            confirm="cancel_timer"
            color="warning"
            run={() => operator.cancelTimer(timer.id)}
          />
        </Box>
      )}
      {isChanging && (
        <WhenDialog
          title={translate('peyk.action.change_time')}
          initialMs={Date.parse(timer.dueAt)}
          before={timer.kind === 'send_later' ? record.windowExpiresAt : null}
          isBusy={isRunning}
          onSave={(dueAt) => void save(dueAt)}
          onClose={() => setIsChanging(false)}
        />
      )}
    </li>
  );
}
