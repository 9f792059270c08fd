import Alert from '@mui/material/Alert';
import Box from '@mui/material/Box';
import Card from '@mui/material/Card';
import { ShowBase, Title, useCanAccess, useShowContext, useTranslate } from 'react-admin';
import { ChatLog } from '../chat/ChatLog.tsx';
import { Composer } from '../chat/Composer.tsx';
import { useChat } from '../chat/use-chat.ts';
import { useNow } from '../fields/use-now.ts';
import { contactNameOf } from '../layout/contact-name.ts';
import { useOperator } from '../providers/use-operator.ts';
import type { Conversation } from '../records.ts';
import { StateCard } from './StateCard.tsx';

const POLL_MS = 2500;

export default function ConversationShow() {
  return (
    <ShowBase<Conversation> queryOptions={{ refetchInterval: POLL_MS }}>
      <ConversationPage />
    </ShowBase>
  );
}

function ConversationPage() {
  const { record } = useShowContext<Conversation>();
  if (!record) return null;
  return (
    <Box sx={{ display: 'flex', flexDirection: { xs: 'column', md: 'row' }, gap: 2, mt: 2, alignItems: 'stretch' }}>
      <Title title={contactNameOf(record)} />
      <ChatCard record={record} />
      <StateCard record={record} />
    </Box>
  );
}

function ChatCard({ record }: { record: Conversation }) {
  const translate = useTranslate();
  const operator = useOperator();
  const chat = useChat(record.id);
  const { canAccess: canSend } = useCanAccess({ resource: 'conversations', action: 'send' });
  return (
    <Card sx={{ flex: 1, minWidth: 0, display: 'flex', flexDirection: 'column', height: 'calc(100dvh - 96px)' }}>
      <ChatLog chat={chat} label={translate('peyk.chat.title', { name: contactNameOf(record) })} />
      {canSend && (
        <>
          <SendNotice record={record} />
          <Composer
            key={record.id}
            name={record.id}
            label={translate('peyk.chat.composer_label')}
            send={(text) => operator.sendMessage(record.id, text)}
            onSent={chat.refetch}
          />
        </>
      )}
    </Card>
  );
}

/** What somebody should know before they press send. */
function SendNotice({ record }: { record: Conversation }) {
  const translate = useTranslate();
  const nowMs = useNow(10_000);
  if (record.windowExpiresAt && Date.parse(record.windowExpiresAt) <= nowMs) {
    return <Alert severity="warning">{translate('peyk.chat.window_over')}</Alert>;
  }
  if (record.mode === 'human') return null;
  return <Alert severity="info">{translate('peyk.chat.takes_over')}</Alert>;
}
