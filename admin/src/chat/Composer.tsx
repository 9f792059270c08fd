import SendIcon from '@mui/icons-material/Send';
import Alert from '@mui/material/Alert';
import Box from '@mui/material/Box';
import MuiButton from '@mui/material/Button';
import TextField from '@mui/material/TextField';
import { type KeyboardEvent, useRef, useState } from 'react';
import { HttpError, useTranslate } from 'react-admin';
import { messageOf } from '../layout/use-operator-action.ts';
import { keepDraft, readDraft } from './draft.ts';

interface ComposerProps {
  /** Drafts of this name are kept. A composer for another name needs another React key. */
  name: string;
  label: string;
  send: (text: string) => Promise<unknown>;
  onSent: () => void;
}

/** A request that got no answer may have done its work; one that was refused has not. */
function explain(error: unknown): string {
  return error instanceof HttpError && error.status === 0 ? 'peyk.errors.send_unsure' : messageOf(error);
}

/** Where a message is written. The text goes away only when the server has taken it. */
export function Composer({ name, label, send, onSent }: ComposerProps) {
  const translate = useTranslate();
  const [text, setText] = useState(() => readDraft(name));
  const [fault, setFault] = useState<string | null>(null);
  const [isSending, setIsSending] = useState(false);
  const isBusy = useRef(false);

  function change(next: string) {
    setText(next);
    keepDraft(name, next);
  }

  async function submit() {
    if (isBusy.current || text.trim() === '') return;
    isBusy.current = true;
    setIsSending(true);
    setFault(null);
    try {
      await send(text.trim());
      // What was typed on while the request was under way is a next message, and stays.
      setText((now) => {
        const rest = now.startsWith(text) ? now.slice(text.length).trimStart() : now;
        keepDraft(name, rest);
        return rest;
      });
    } catch (error) {
      setFault(explain(error));
    } finally {
      isBusy.current = false;
      setIsSending(false);
      onSent();
    }
  }

  function pressKey(event: KeyboardEvent) {
    // While an input method composes, Enter accepts its proposal.
    if (event.key !== 'Enter' || event.shiftKey || event.nativeEvent.isComposing) return;
    event.preventDefault();
    void submit();
  }

  return (
    <Box sx={{ p: 1.5, borderTop: 1, borderColor: 'divider' }}>
      {fault && (
        <Alert severity="error" sx={{ mb: 1 }} onClose={() => setFault(null)}>
          {translate(fault, { _: fault })}
        </Alert>
      )}
      <Box sx={{ display: 'flex', gap: 1, alignItems: 'flex-end' }}>
        <TextField
          label={label}
          value={text}
          onChange={(event) => change(event.target.value)}
          onKeyDown={pressKey}
          multiline
          maxRows={8}
          fullWidth
          margin="none"
          helperText={translate('peyk.chat.composer_hint')}
          slotProps={{ htmlInput: { dir: 'auto' } }}
        />
        <MuiButton
          variant="contained"
          onClick={() => void submit()}
          disabled={isSending || text.trim() === ''}
          startIcon={<SendIcon sx={{ transform: (theme) => (theme.direction === 'rtl' ? 'scaleX(-1)' : 'none') }} />}
          sx={{ mb: 3, flexShrink: 0 }}
        >
          {translate('peyk.chat.send')}
        </MuiButton>
      </Box>
    </Box>
  );
}
