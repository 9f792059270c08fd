import BackIcon from '@mui/icons-material/ArrowBack';
import PanelIcon from '@mui/icons-material/InfoOutlined';
import UnreadIcon from '@mui/icons-material/MarkChatUnreadOutlined';
import Box from '@mui/material/Box';
import IconButton from '@mui/material/IconButton';
import Tooltip from '@mui/material/Tooltip';
import Typography from '@mui/material/Typography';
import { LinkBase, useTranslate } from 'react-admin';
import { ChannelName } from '../channels/ChannelName.tsx';
import { Word } from '../fields/Word.tsx';
import { WordChip } from '../fields/WordChip.tsx';
import { contactNameOf } from '../layout/contact-name.ts';
import { useOperatorAction } from '../layout/use-operator-action.ts';
import type { Conversation } from '../records.ts';
import { OwnerButtons } from './OwnerButtons.tsx';
import { SnoozeButton } from './SnoozeButton.tsx';

interface ConversationHeaderProps {
  record: Conversation;
  hasBack: boolean;
  onMarkUnread: () => Promise<unknown>;
  /** Null while the panel is beside the chat anyway. */
  onOpenPanel: (() => void) | null;
}

/** Who it is, who answers, and the actions that are needed at any time. */
export function ConversationHeader({ record, hasBack, onMarkUnread, onOpenPanel }: ConversationHeaderProps) {
  const translate = useTranslate();
  const unread = useOperatorAction(onMarkUnread, 'peyk.done.marked_unread');
  return (
    <Box
      sx={{
        display: 'flex',
        gap: 1,
        alignItems: 'center',
        flexWrap: 'wrap',
        px: 1.5,
        py: 1,
        borderBottom: 1,
        borderColor: 'divider',
      }}
    >
      {hasBack && (
        <IconButton component={LinkBase} to="/conversations" aria-label={translate('peyk.inbox.back')}>
          <BackIcon sx={{ transform: (theme) => (theme.direction === 'rtl' ? 'scaleX(-1)' : 'none') }} />
        </IconButton>
      )}
      <Box sx={{ flex: 1, minWidth: 120 }}>
        <Typography variant="subtitle1" component="h2" noWrap sx={{ fontWeight: 600 }}>
          <bdi>{contactNameOf(record)}</bdi>
        </Typography>
        <Typography variant="caption" color="text.secondary" component="div">
          <ChannelName channel={record.channel} /> · <Word words="status" value={record.status} />
        </Typography>
      </Box>
      <WordChip words="mode" value={record.mode} />
      <OwnerButtons record={record} />
      <Box sx={{ display: 'flex' }}>
        <SnoozeButton record={record} />
        <Tooltip title={translate('peyk.action.mark_unread')}>
          <span>
            <IconButton
              onClick={() => void unread.start()}
              disabled={unread.isRunning}
              aria-label={translate('peyk.action.mark_unread')}
            >
              <UnreadIcon />
            </IconButton>
          </span>
        </Tooltip>
        {onOpenPanel && (
          <IconButton onClick={onOpenPanel} aria-label={translate('peyk.inbox.open_panel')}>
            <PanelIcon />
          </IconButton>
        )}
      </Box>
    </Box>
  );
}
