import SendIcon from '@mui/icons-material/Send';
import Alert from '@mui/material/Alert';
import Box from '@mui/material/Box';
import MuiButton from '@mui/material/Button';
import TextField from '@mui/material/TextField';
import { type KeyboardEvent, type ReactNode, type Ref, useEffect, useState } from 'react';
import { useTranslate } from 'react-admin';
import type { ComposerState } from './use-composer.ts';

interface ComposerFieldProps {
  composer: ComposerState;
  label: string;
  /** What the button says; sending, unless told otherwise. */
  action?: string;
  /** Sees each key first; a key that it takes (prevents) does not send. */
  onKeyDown?: (event: KeyboardEvent) => void;
  inputRef?: Ref<HTMLTextAreaElement>;
  /** Attributes that tie the field to a list of proposals. */
  aria?: Record<string, string | boolean | undefined>;
  /** Below the field: about what stands in it. */
  notice?: ReactNode;
  /** Beside the send button. */
  tools?: ReactNode;
}

/** Far longer than a send takes while all is well. */
const SLOW_MS = 4000;

/** Field, button and what went wrong. */
export function ComposerField({
  composer,
  label,
  action,
  onKeyDown,
  inputRef,
  aria,
  notice,
  tools,
}: ComposerFieldProps) {
  const translate = useTranslate();
  const { text, isSending } = composer;

  function pressKey(event: KeyboardEvent) {
    onKeyDown?.(event);
    // While an input method composes, Enter accepts its proposal.
    if (event.defaultPrevented || event.key !== 'Enter' || event.shiftKey || event.nativeEvent.isComposing) return;
    event.preventDefault();
    void composer.submit();
  }

  return (
    <>
      <ComposerFaultBar composer={composer} />
      {isSending && <SlowNotice />}
      <TextField
        label={label}
        value={text}
        onChange={(event) => composer.change(event.target.value)}
        onKeyDown={pressKey}
        multiline
        minRows={2}
        maxRows={8}
        fullWidth
        margin="none"
        inputRef={inputRef}
        slotProps={{ htmlInput: { dir: 'auto', ...aria } }}
      />
      {notice}
      <Box sx={{ display: 'flex', gap: 0.5, alignItems: 'center', mt: 0.5, flexWrap: { xs: 'wrap', md: 'nowrap' } }}>
        <Box
          sx={{
            flex: 1,
            minWidth: 0,
            typography: 'caption',
            color: 'text.secondary',
            display: { xs: 'none', md: 'block' },
          }}
        >
          {translate('peyk.chat.composer_hint')}
        </Box>
        <Box sx={{ flex: { xs: 1, md: 'none' } }} />
        {tools}
        <MuiButton
          variant="contained"
          onClick={() => void composer.submit()}
          disabled={isSending || composer.isIncomplete}
          startIcon={<SendIcon sx={{ transform: (theme) => (theme.direction === 'rtl' ? 'scaleX(-1)' : 'none') }} />}
          sx={{ flexShrink: 0 }}
        >
          {action ?? translate('peyk.chat.send')}
        </MuiButton>
      </Box>
    </>
  );
}

/** After a while says that the server has not answered yet, so that nobody wonders whether the key was pressed. */
function SlowNotice() {
  const translate = useTranslate();
  const [isSlow, setIsSlow] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setIsSlow(true), SLOW_MS);
    return () => clearTimeout(timer);
  }, []);
  if (!isSlow) return null;
  return (
    <Alert severity="info" sx={{ mb: 1 }}>
      {translate('peyk.errors.slow')}
    </Alert>
  );
}

function ComposerFaultBar({ composer }: { composer: ComposerState }) {
  const translate = useTranslate();
  const { fault } = composer;
  if (!fault) return null;
  return (
    <Alert
      severity="error"
      sx={{ mb: 1 }}
      onClose={fault.canRetry ? undefined : composer.forgetFault}
      action={
        fault.canRetry ? (
          <MuiButton color="inherit" size="small" onClick={() => void composer.submit()}>
            {translate('peyk.action.try_again')}
          </MuiButton>
        ) : undefined
      }
    >
      {translate(fault.message, { _: fault.message })}
    </Alert>
  );
}
