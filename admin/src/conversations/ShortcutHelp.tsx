import Box from '@mui/material/Box';
import MuiButton from '@mui/material/Button';
import Dialog from '@mui/material/Dialog';
import DialogActions from '@mui/material/DialogActions';
import DialogContent from '@mui/material/DialogContent';
import DialogTitle from '@mui/material/DialogTitle';
import { useTranslate } from 'react-admin';
import { SHORTCUTS } from './shortcuts.ts';

interface ShortcutHelpProps {
  isOpen: boolean;
  onClose: () => void;
}

/** Which key does what. */
export function ShortcutHelp({ isOpen, onClose }: ShortcutHelpProps) {
  const translate = useTranslate();
  return (
    <Dialog open={isOpen} onClose={onClose} aria-labelledby="shortcut-help">
      <DialogTitle id="shortcut-help">{translate('peyk.inbox.keys_title')}</DialogTitle>
      <DialogContent>
        <Box component="dl" sx={{ display: 'grid', gridTemplateColumns: 'auto 1fr', gap: 1.5, m: 0 }}>
          {SHORTCUTS.map(({ key, words }) => (
            <Box key={key} sx={{ display: 'contents' }}>
              <Box component="dt" dir="ltr">
                <Box component="kbd" sx={{ px: 1, py: 0.25, border: 1, borderColor: 'divider', borderRadius: 1 }}>
                  {key}
                </Box>
              </Box>
              <Box component="dd" sx={{ m: 0 }}>
                {translate(`peyk.inbox.key.${words}`)}
              </Box>
            </Box>
          ))}
        </Box>
      </DialogContent>
      <DialogActions>
        <MuiButton onClick={onClose}>{translate('ra.action.close')}</MuiButton>
      </DialogActions>
    </Dialog>
  );
}
