import DraftIcon from '@mui/icons-material/AutoFixHigh';
import CircularProgress from '@mui/material/CircularProgress';
import IconButton from '@mui/material/IconButton';
import Tooltip from '@mui/material/Tooltip';
import { HttpError, useTranslate } from 'react-admin';
import { useOperatorAction } from '../layout/use-operator-action.ts';
import { useOperator } from '../providers/use-operator.ts';
import type { Conversation } from '../records.ts';

interface DraftButtonProps {
  record: Conversation;
  onDraft: (text: string) => void;
}

/** Asks the model for a draft and puts it into the composer. The person reads it, and sends it or not. */
export function DraftButton({ record, onDraft }: DraftButtonProps) {
  const translate = useTranslate();
  const operator = useOperator();
  const { start, isRunning } = useOperatorAction(async () => {
    const { text } = await operator.draftReply(record.id);
    if (text === '') throw new HttpError('peyk.errors.no_draft', 200);
    onDraft(text);
  }, 'peyk.done.drafted');
  return (
    <Tooltip title={translate('peyk.action.draft')}>
      <span>
        <IconButton onClick={() => void start()} disabled={isRunning} aria-label={translate('peyk.action.draft')}>
          {isRunning ? <CircularProgress size={20} /> : <DraftIcon />}
        </IconButton>
      </span>
    </Tooltip>
  );
}
