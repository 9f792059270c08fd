import Box from '@mui/material/Box';
import ToggleButton from '@mui/material/ToggleButton';
import ToggleButtonGroup from '@mui/material/ToggleButtonGroup';
import { useRef, useState } from 'react';
import { useCanAccess, useTranslate } from 'react-admin';
import { flushSync } from 'react-dom';
import { useChannels } from '../channels/use-channels.ts';
import { useOperator } from '../providers/use-operator.ts';
import type { Conversation } from '../records.ts';
import { NOTE_COLOURS } from '../theme/note-colours.ts';
import { AttachButton } from './AttachButton.tsx';
import { CannedReplyList } from './CannedReplyList.tsx';
import { ComposerField } from './ComposerField.tsx';
import { joinDraft } from './canned-replies.ts';
import { DraftButton } from './DraftButton.tsx';
import { EnclosedStrip } from './EnclosedStrip.tsx';
import { partsOf, signatureOf } from './enclosed.ts';
import { FileDrop } from './FileDrop.tsx';
import { LengthNotice } from './LengthNotice.tsx';
import { ProductButton } from './ProductButton.tsx';
import { SendLaterButton } from './SendLaterButton.tsx';
import { SendNotice } from './SendNotice.tsx';
import { useCannedReplies } from './use-canned-replies.ts';
import { useComposer } from './use-composer.ts';
import { useEnclosed } from './use-enclosed.ts';

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
  const limits = useChannels().find(({ name }) => name === record.channel)?.limits ?? null;
  const kinds = limits?.mediaKinds ?? [];
  const enclosed = useEnclosed();
  const { files, product } = enclosed;

  async function send(text: string, how: { key: string; sendAt?: string }) {
    await operator.sendMessage(record.id, text, { ...how, ...partsOf(files, product) });
    enclosed.forget({ files, product });
  }

  const beside = {
    isEmpty: files.length === 0 && !product,
    isReady: enclosed.isReady,
    signature: (text: string) => signatureOf(text, files, product),
  };
  const composer = useComposer(record.id, (text, key) => send(text, { key }), onSent, { isSaidOnce: true, beside });
  const canned = useCannedReplies(composer);
  return (
    <FileDrop onFiles={kinds.length > 0 ? enclosed.addFiles : undefined}>
      {canned.replies && (
        <CannedReplyList replies={canned.replies} activeIndex={canned.activeIndex} onChoose={canned.choose} />
      )}
      <SendNotice record={record} />
      <EnclosedStrip enclosed={enclosed} />
      <ComposerField
        composer={composer}
        label={translate('peyk.chat.composer_label')}
        onKeyDown={canned.pressKey}
        aria={canned.aria}
        notice={<LengthNotice text={composer.text} limit={limits} />}
        tools={
          <>
            <AttachButton kinds={kinds} onFiles={enclosed.addFiles} />
            <ProductButton onChoose={enclosed.setProduct} />
            <DraftButton record={record} onDraft={(draft) => composer.change(joinDraft(composer.text, draft))} />
            <SendLaterButton
              record={record}
              composer={composer}
              send={(sendAt) => send(composer.text.trim(), { sendAt, key: composer.key() })}
              onPlanned={onSent}
            />
          </>
        }
      />
    </FileDrop>
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
