import CloseIcon from '@mui/icons-material/Close';
import Alert from '@mui/material/Alert';
import Box from '@mui/material/Box';
import MuiButton from '@mui/material/Button';
import Card from '@mui/material/Card';
import Drawer from '@mui/material/Drawer';
import IconButton from '@mui/material/IconButton';
import type { Theme } from '@mui/material/styles';
import useMediaQuery from '@mui/material/useMediaQuery';
import { useState } from 'react';
import { Title, useCanAccess, useGetOne, useTranslate } from 'react-admin';
import { ChatLog } from '../chat/ChatLog.tsx';
import { ReplyBox } from '../chat/ReplyBox.tsx';
import { useChat } from '../chat/use-chat.ts';
import { contactNameOf } from '../layout/contact-name.ts';
import { usePollMs } from '../live/live-state.ts';
import type { Conversation } from '../records.ts';
import { ConversationHeader } from './ConversationHeader.tsx';
import { SidePanel } from './SidePanel.tsx';
import { useMarkRead } from './use-mark-read.ts';

interface ConversationPaneProps {
  conversationId: string;
  /** Whether the list is out of sight, so that a way back to it is needed. */
  hasBack: boolean;
}

const AWAY_POLL_MS = 3000;

/** One conversation: chat, what can be done, and what is known around it. */
export function ConversationPane({ conversationId, hasBack }: ConversationPaneProps) {
  const translate = useTranslate();
  const {
    data: record,
    error,
    refetch,
  } = useGetOne<Conversation>('conversations', { id: conversationId }, { refetchInterval: usePollMs(AWAY_POLL_MS) });
  if (record) return <OpenConversation record={record} hasBack={hasBack} />;
  if (!error) return null;
  return (
    <Card sx={{ flex: 1, p: 2 }}>
      <Alert
        severity="error"
        action={
          <MuiButton color="inherit" size="small" onClick={() => void refetch()}>
            {translate('peyk.action.try_again')}
          </MuiButton>
        }
      >
        {translate(error.message, { _: error.message })}
      </Alert>
    </Card>
  );
}

function OpenConversation({ record, hasBack }: { record: Conversation; hasBack: boolean }) {
  const translate = useTranslate();
  const { canAccess: canReadNotes } = useCanAccess({ resource: 'notes', action: 'view' });
  const chat = useChat(record.id, { withNotes: canReadNotes === true });
  const isWide = useMediaQuery<Theme>((theme) => theme.breakpoints.up('lg'));
  const [isPanelOpen, setIsPanelOpen] = useState(false);
  const markUnread = useMarkRead(record);
  const name = contactNameOf(record);
  return (
    <>
      <Title title={name} />
      <Card
        component="section"
        aria-label={name}
        sx={{ flex: 1, minWidth: 0, display: 'flex', flexDirection: 'column' }}
      >
        <ConversationHeader
          record={record}
          hasBack={hasBack}
          onMarkUnread={markUnread}
          onOpenPanel={isWide ? null : () => setIsPanelOpen(true)}
        />
        <ChatLog chat={chat} label={translate('peyk.chat.title', { name })} />
        <ReplyBox record={record} onSent={chat.refetch} />
      </Card>
      {isWide ? (
        <Card
          component="aside"
          sx={{ width: 290, flexShrink: 0, overflowY: 'auto' }}
          aria-label={translate('peyk.card.title')}
        >
          <SidePanel record={record} />
        </Card>
      ) : (
        <Drawer anchor="right" open={isPanelOpen} onClose={() => setIsPanelOpen(false)}>
          <Box component="aside" sx={{ width: 'min(320px, 90vw)' }} aria-label={translate('peyk.card.title')}>
            <Box sx={{ display: 'flex', justifyContent: 'flex-end', px: 1, pt: 1 }}>
              <IconButton onClick={() => setIsPanelOpen(false)} aria-label={translate('peyk.inbox.close_panel')}>
                <CloseIcon />
              </IconButton>
            </Box>
            <SidePanel record={record} />
          </Box>
        </Drawer>
      )}
    </>
  );
}
