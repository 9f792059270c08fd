import Box from '@mui/material/Box';
import MuiButton from '@mui/material/Button';
import Typography from '@mui/material/Typography';
import { useState } from 'react';
import { useGetList, useTranslate } from 'react-admin';
import { v7 as uuidv7 } from 'uuid';
import { ConversationLink } from '../fields/ConversationLink.tsx';
import { WordChip } from '../fields/WordChip.tsx';
import { contactNameOf } from '../layout/contact-name.ts';
import { useOperatorAction } from '../layout/use-operator-action.ts';
import { useOperator } from '../providers/use-operator.ts';
import type { Conversation, OutboundMessage } from '../records.ts';

const EVERY_MS = 2000;

/** Sends one answer to whoever wrote last on the account, and tells what became of it. The bot stays in charge. */
export function TestSend({ accountId }: { accountId: string }) {
  const translate = useTranslate();
  const operator = useOperator();
  const [key, setKey] = useState<string | null>(null);
  const { data: [chat] = [] } = useGetList<Conversation>('conversations', {
    filter: { accountId },
    sort: { field: 'lastMessageAt', order: 'DESC' },
    pagination: { page: 1, perPage: 1 },
  });
  const { start, isRunning } = useOperatorAction(async (conversation: Conversation) => {
    const once = uuidv7();
    await operator.sendMessage(conversation.id, translate('peyk.connect.test_text'), { key: once });
    if (conversation.mode === 'bot') await operator.release(conversation.id);
    setKey(once);
  }, 'peyk.connect.test_on_its_way');
  if (!chat) return null;
  return (
    <Box sx={{ mt: 0.5 }}>
      <Typography variant="body2" color="text.secondary">
        {translate('peyk.connect.who_wrote')} <ConversationLink conversationId={chat.id} name={contactNameOf(chat)} />
      </Typography>
      <Box sx={{ display: 'flex', gap: 1, alignItems: 'center', mt: 1 }}>
        <MuiButton variant="outlined" size="small" disabled={isRunning} onClick={() => void start(chat)}>
          {translate('peyk.connect.test')}
        </MuiButton>
        {key !== null && <Outcome conversationId={chat.id} />}
      </Box>
    </Box>
  );
}

function Outcome({ conversationId }: { conversationId: string }) {
  const translate = useTranslate();
  const { data: [sent] = [] } = useGetList<OutboundMessage>(
    'outbound-messages',
    {
      filter: { conversationId, author: 'human' },
      sort: { field: 'createdAt', order: 'DESC' },
      pagination: { page: 1, perPage: 1 },
    },
    { refetchInterval: EVERY_MS },
  );
  if (!sent) return null;
  return (
    <>
      <WordChip words="outbound_state" value={sent.state} />
      {sent.reason && (
        <Typography variant="body2">{translate(`peyk.reason.${sent.reason}`, { _: sent.reason })}</Typography>
      )}
    </>
  );
}
