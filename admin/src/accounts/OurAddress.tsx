import CopyIcon from '@mui/icons-material/ContentCopy';
import IconButton from '@mui/material/IconButton';
import TextField from '@mui/material/TextField';
import { useNotify, useTranslate } from 'react-admin';

/** An address of ours that a person enters at the provider: as this page was reached, so may the provider reach it. */
export function OurAddress({ path }: { path: string }) {
  const translate = useTranslate();
  const notify = useNotify();
  const address = window.location.origin + path;

  async function copy() {
    await navigator.clipboard.writeText(address);
    notify('peyk.account.copied', { type: 'success' });
  }
  return (
    <TextField
      value={address}
      fullWidth
      size="small"
      margin="dense"
      label={translate('peyk.account.our_address')}
      onFocus={({ target }) => target.select()}
      slotProps={{
        htmlInput: { dir: 'ltr', readOnly: true },
        input: {
          // Browsers let a page copy only over https or on this machine.
          endAdornment: window.isSecureContext && (
            <IconButton aria-label={translate('peyk.action.copy')} onClick={() => void copy().catch(() => undefined)}>
              <CopyIcon fontSize="small" />
            </IconButton>
          ),
        },
      }}
    />
  );
}
