import LaterIcon from '@mui/icons-material/ScheduleSend';
import IconButton from '@mui/material/IconButton';
import Tooltip from '@mui/material/Tooltip';
import { useState } from 'react';
import { useTranslate } from 'react-admin';
import { WhenDialog } from '../fields/WhenDialog.tsx';
import { useOperatorAction } from '../layout/use-operator-action.ts';
import { useOperator } from '../providers/use-operator.ts';
import type { Conversation } from '../records.ts';
import { forgetKey, keyOf } from './draft.ts';
import type { ComposerState } from './use-composer.ts';

interface SendLaterButtonProps {
  record: Conversation;
  composer: ComposerState;
  onPlanned: () => void;
}

const HOUR_MS = 3_600_000;

/** Sends the text at a time of choice. Whether the channel still takes it is asked at that time. */
export function SendLaterButton({ record, composer, onPlanned }: SendLaterButtonProps) {
  const translate = useTranslate();
  const operator = useOperator();
  const [isChoosing, setIsChoosing] = useState(false);
  const text = composer.text.trim();
  const { start, isRunning } = useOperatorAction(
    (sendAt: string) => operator.sendMessage(record.id, text, { sendAt, key: keyOf(record.id, text) }),
    'peyk.done.planned',
  );

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
            disabled={text === '' || composer.isSending}
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
