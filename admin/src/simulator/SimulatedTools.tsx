import MoreIcon from '@mui/icons-material/AddReactionOutlined';
import Box from '@mui/material/Box';
import MuiButton from '@mui/material/Button';
import Dialog from '@mui/material/Dialog';
import DialogActions from '@mui/material/DialogActions';
import DialogContent from '@mui/material/DialogContent';
import DialogTitle from '@mui/material/DialogTitle';
import IconButton from '@mui/material/IconButton';
import Menu from '@mui/material/Menu';
import MenuItem from '@mui/material/MenuItem';
import TextField from '@mui/material/TextField';
import { useState } from 'react';
import { useNotify, useRefresh, useTranslate } from 'react-admin';
import { messageOf } from '../layout/use-operator-action.ts';
import { useOperator } from '../providers/use-operator.ts';
import type { Message } from '../records.ts';

const EMOJIS = ['❤️', '👍', '😂', '😮', '😢'];

/** What a customer can do to a message on their phone: react to any, edit or take back their own. */
export function SimulatedTools({ message }: { message: Message }) {
  const translate = useTranslate();
  const notify = useNotify();
  const refresh = useRefresh();
  const operator = useOperator();
  const [anchor, setAnchor] = useState<HTMLElement | null>(null);
  const [isEditing, setIsEditing] = useState(false);

  async function act(request: Promise<unknown>) {
    setAnchor(null);
    setIsEditing(false);
    try {
      await request;
    } catch (error) {
      notify(messageOf(error), { type: 'error' });
    }
    refresh();
  }
  const react = (emoji: string | null) => void act(operator.simulateReaction(message.id, emoji));
  const edit = (text: string | null) => void act(operator.simulateEdit(message.id, text));

  return (
    <>
      <IconButton
        size="small"
        aria-label={translate('peyk.simulated.tools')}
        aria-haspopup="menu"
        onClick={({ currentTarget }) => setAnchor(currentTarget)}
        sx={{ my: -0.5 }}
      >
        <MoreIcon sx={{ fontSize: 16 }} />
      </IconButton>
      <Menu anchorEl={anchor} open={anchor !== null} onClose={() => setAnchor(null)}>
        {EMOJIS.map((emoji) => (
          <MenuItem
            key={emoji}
            onClick={() => react(emoji)}
            selected={emoji === message.reaction}
            sx={{ display: 'inline-flex' }}
            aria-label={translate('peyk.simulated.react', { emoji })}
          >
            {emoji}
          </MenuItem>
        ))}
        {message.reaction && <MenuItem onClick={() => react(null)}>{translate('peyk.simulated.unreact')}</MenuItem>}
        {message.direction === 'in' && (
          <MenuItem
            onClick={() => {
              setAnchor(null);
              setIsEditing(true);
            }}
          >
            {translate('peyk.simulated.edit')}
          </MenuItem>
        )}
        {message.direction === 'in' && (
          <MenuItem onClick={() => edit(null)}>{translate('peyk.simulated.unsend')}</MenuItem>
        )}
      </Menu>
      {isEditing && <EditDialog text={message.text} onSave={edit} onClose={() => setIsEditing(false)} />}
    </>
  );
}

interface EditDialogProps {
  text: string;
  onSave: (text: string) => void;
  onClose: () => void;
}

function EditDialog({ text, onSave, onClose }: EditDialogProps) {
  const translate = useTranslate();
  const [draft, setDraft] = useState(text);
  return (
    <Dialog open onClose={onClose} fullWidth maxWidth="sm" aria-labelledby="simulated-edit">
      <DialogTitle id="simulated-edit">{translate('peyk.simulated.edit_title')}</DialogTitle>
      <DialogContent>
        <Box sx={{ pt: 1 }}>
          <TextField
            label={translate('peyk.simulated.edit_label')}
            value={draft}
            onChange={(event) => setDraft(event.target.value)}
            fullWidth
            multiline
            autoFocus
            margin="none"
            slotProps={{ htmlInput: { dir: 'auto' } }}
          />
        </Box>
      </DialogContent>
      <DialogActions>
        <MuiButton onClick={onClose}>{translate('ra.action.cancel')}</MuiButton>
        <MuiButton
          variant="contained"
          onClick={() => onSave(draft.trim())}
          disabled={draft.trim() === '' || draft.trim() === text}
        >
          {translate('peyk.simulated.save')}
        </MuiButton>
      </DialogActions>
    </Dialog>
  );
}
