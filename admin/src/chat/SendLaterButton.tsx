import LaterIcon from '@mui/icons-material/ScheduleSend';
import IconButton from '@mui/material/IconButton';
import Tooltip from '@mui/material/Tooltip';
import { useState } from 'react';
import { useTranslate } from 'react-admin';
import { WhenDialog } from '../fields/WhenDialog.tsx';
import { useOperatorAction } from '../layout/use-operator-action.ts';
import type { Conversation } from '../records.ts';
import { forgetKey } from './draft.ts';
import type { ComposerState } from './use-composer.ts';

interface SendLaterButtonProps {
  record: Conversation;
  composer: ComposerState;
  /** Plans what the composer holds for a time, ISO 8601 in UTC. */
  send: (sendAt: string) => Promise<unknown>;
  onPlanned: () => void;
}

const HOUR_MS = 3_600_000;

/** Sends the message at a time of choice. Whether the channel still takes it is asked at that time. */
export function SendLaterButton({ record, composer, send, onPlanned }: SendLaterButtonProps) {
  const translate = useTranslate();
  const [isChoosing, setIsChoosing] = useState(false);
  const { start, isRunning } = useOperatorAction(send, 'peyk.done.planned');

  async function plan(sendAt: string) {
    if (!(await start(sendAt))) return;
    forgetKey(record.id);
    composer.change('');
    setIsChoosing(false);
    onPlanned();
  }

  return (
    <>
      <Tooltip title={translate('peyk.action.send_later')}>
        <span>
          <IconButton
            onClick={() => setIsChoosing(true)}
            disabled={composer.isIncomplete || composer.isSending}
            aria-label={translate('peyk.action.send_later')}
          >
            <LaterIcon sx={{ transform: (theme) => (theme.direction === 'rtl' ? 'scaleX(-1)' : 'none') }} />
          </IconButton>
        </span>
      </Tooltip>
      {isChoosing && (
        <WhenDialog
          title={translate('peyk.action.send_later')}
          initialMs={Date.now() + HOUR_MS}
          before={record.windowExpiresAt}
          isBusy={isRunning}
          onSave={(sendAt) => void plan(sendAt)}
          onClose={() => setIsChoosing(false)}
        />
      )}
    </>
  );
}
