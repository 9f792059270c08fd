import Box from '@mui/material/Box';
import ToggleButton from '@mui/material/ToggleButton';
import ToggleButtonGroup from '@mui/material/ToggleButtonGroup';
import { useRef, useState } from 'react';
import { useCanAccess, useTranslate } from 'react-admin';
import { flushSync } from 'react-dom';
import { useOperator } from '../providers/use-operator.ts';
import type { Conversation } from '../records.ts';
import { NOTE_COLOURS } from '../theme/note-colours.ts';
import { CannedReplyList } from './CannedReplyList.tsx';
import { ComposerField } from './ComposerField.tsx';
import { joinDraft } from './canned-replies.ts';
import { DraftButton } from './DraftButton.tsx';
import { SendLaterButton } from './SendLaterButton.tsx';
import { SendNotice } from './SendNotice.tsx';
import { useCannedReplies } from './use-canned-replies.ts';
import { useComposer } from './use-composer.ts';

interface ReplyBoxProps {
  record: Conversation;
  onSent: () => void;
}

type Purpose = 'reply' | 'note';

/** Where an operator writes: to the customer, or a note to colleagues. Each keeps a draft of its own. */
export function ReplyBox({ record, onSent }: ReplyBoxProps) {
  const translate = useTranslate();
  const [purpose, setPurpose] = useState<Purpose>('reply');
  const { canAccess: canSend } = useCanAccess({ resource: 'conversations', action: 'send' });
  const { canAccess: canNote } = useCanAccess({ resource: 'conversations', action: 'manage' });
  const box = useRef<HTMLDivElement>(null);

  /** Also when it is chosen already: that is how a key reaches the field. */
  function begin(next: Purpose) {
    // Drawn at once: whoever types on without waiting must reach the field with the first letter.
    flushSync(() => setPurpose(next));
    box.current?.querySelector<HTMLElement>('textarea:not([aria-hidden])')?.focus();
  }

  if (!canSend && !canNote) return null;
  const shown = canSend ? purpose : 'note';
  return (
    <Box
      ref={box}
      sx={{
        position: 'relative',
        p: 1.5,
        borderTop: 1,
        ...(shown === 'note' ? NOTE_COLOURS : { borderColor: 'divider' }),
      }}
    >
      <ToggleButtonGroup
        exclusive
        size="small"
        value={shown}
        sx={{ mb: 1.5 }}
        aria-label={translate('peyk.chat.purpose')}
      >
        {canSend && (
          <ToggleButton value="reply" aria-keyshortcuts="r" onClick={() => begin('reply')} sx={{ py: 0.25 }}>
            {translate('peyk.chat.reply')}
          </ToggleButton>
        )}
        {canNote && (
          <ToggleButton value="note" aria-keyshortcuts="n" onClick={() => begin('note')} sx={{ py: 0.25 }}>
            {translate('peyk.chat.private_note')}
          </ToggleButton>
        )}
      </ToggleButtonGroup>
      {shown === 'reply' ? (
        <ReplyField key="reply" record={record} onSent={onSent} />
      ) : (
        <NoteField key="note" record={record} onSent={onSent} />
      )}
    </Box>
  );
}

function ReplyField({ record, onSent }: ReplyBoxProps) {
  const translate = useTranslate();
  const operator = useOperator();
  const send = (text: string, key: string) => operator.sendMessage(record.id, text, { key });
  const composer = useComposer(record.id, send, onSent, { isSaidOnce: true });
  const canned = useCannedReplies(composer);
  return (
    <>
      {canned.replies && (
        <CannedReplyList replies={canned.replies} activeIndex={canned.activeIndex} onChoose={canned.choose} />
      )}
      <SendNotice record={record} />
      <ComposerField
        composer={composer}
        label={translate('peyk.chat.composer_label')}
        onKeyDown={canned.pressKey}
        aria={canned.aria}
        tools={
          <>
            <DraftButton record={record} onDraft={(draft) => composer.change(joinDraft(composer.text, draft))} />
            <SendLaterButton record={record} composer={composer} onPlanned={onSent} />
          </>
        }
      />
    </>
  );
}

function NoteField({ record, onSent }: ReplyBoxProps) {
  const translate = useTranslate();
  const operator = useOperator();
  const save = (text: string, key: string) => operator.addNote(record.id, text, key);
  const composer = useComposer(`${record.id}.note`, save, onSent, { isSaidOnce: true });
  return (
    <ComposerField
      composer={composer}
      label={translate('peyk.chat.note_label')}
      action={translate('peyk.action.save_note')}
    />
  );
}
