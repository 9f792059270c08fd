import Box from '@mui/material/Box';
import MenuItem from '@mui/material/MenuItem';
import MenuList from '@mui/material/MenuList';
import Paper from '@mui/material/Paper';
import Typography from '@mui/material/Typography';
import { useTranslate } from 'react-admin';
import type { CannedReply } from '../records.ts';

export const CANNED_LIST_ID = 'canned-replies';

export function cannedOptionId(reply: CannedReply): string {
  return `${CANNED_LIST_ID}-${reply.id}`;
}

interface CannedReplyListProps {
  replies: readonly CannedReply[];
  activeIndex: number;
  onChoose: (reply: CannedReply) => void;
}

/** Proposals above the composer. The field keeps the focus; arrows choose, Enter takes. */
export function CannedReplyList({ replies, activeIndex, onChoose }: CannedReplyListProps) {
  const translate = useTranslate();
  return (
    <Paper
      elevation={8}
      sx={{ position: 'absolute', insetInline: 12, bottom: '100%', zIndex: 2, maxHeight: 280, overflowY: 'auto' }}
    >
      {replies.length === 0 ? (
        <Typography variant="body2" color="text.secondary" sx={{ p: 2 }}>
          {translate('peyk.chat.no_canned')}
        </Typography>
      ) : (
        <MenuList id={CANNED_LIST_ID} role="listbox" aria-label={translate('peyk.chat.canned')} dense>
          {replies.map((reply, index) => (
            <MenuItem
              key={reply.id}
              id={cannedOptionId(reply)}
              role="option"
              tabIndex={-1}
              aria-selected={index === activeIndex}
              selected={index === activeIndex}
              // The field must keep the focus, or what is typed next goes nowhere.
              onMouseDown={(event) => event.preventDefault()}
              onClick={() => onChoose(reply)}
            >
              <Box sx={{ minWidth: 0 }}>
                <Typography variant="body2" sx={{ fontWeight: 600 }}>
                  <bdi>/{reply.shortcut}</bdi>
                </Typography>
                <Typography variant="caption" dir="auto" noWrap component="p" sx={{ m: 0 }}>
                  {reply.text}
                </Typography>
              </Box>
            </MenuItem>
          ))}
        </MenuList>
      )}
    </Paper>
  );
}
