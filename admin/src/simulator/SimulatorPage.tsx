import Alert from '@mui/material/Alert';
import Box from '@mui/material/Box';
import MuiButton from '@mui/material/Button';
import Card from '@mui/material/Card';
import Typography from '@mui/material/Typography';
import { useState } from 'react';
import { Title, useTranslate } from 'react-admin';
import { ChatLog } from '../chat/ChatLog.tsx';
import { Composer } from '../chat/Composer.tsx';
import { useChat } from '../chat/use-chat.ts';
import { ConversationLink } from '../fields/ConversationLink.tsx';
import { useOperator } from '../providers/use-operator.ts';
import { type Customer, CustomerPicker } from './CustomerPicker.tsx';
import { SimulatedTools } from './SimulatedTools.tsx';
import { SimulatorTabs } from './SimulatorTabs.tsx';

const NOBODY: Customer = { name: '', conversationId: null };

/** Where the shop is tried without a channel: the reader plays the customer. */
export default function SimulatorPage() {
  const translate = useTranslate();
  const operator = useOperator();
  const [customer, setCustomer] = useState<Customer>(NOBODY);

  async function send(text: string) {
    const answer = await operator.simulate(text, customer.conversationId ?? (customer.name || null));
    setCustomer({ name: answer.contactExternalId, conversationId: answer.conversationId });
  }

  return (
    <Box sx={{ mt: 2, maxWidth: 900 }}>
      <Title title={translate('peyk.simulator.title')} />
      <SimulatorTabs value="/simulator" />
      <Typography sx={{ mb: 2 }}>{translate('peyk.simulator.intro')}</Typography>
      <Box sx={{ display: 'flex', gap: 1, mb: 2, alignItems: 'center', flexWrap: 'wrap' }}>
        <CustomerPicker customer={customer} onChange={setCustomer} />
        <MuiButton onClick={() => setCustomer(NOBODY)}>{translate('peyk.action.new_customer')}</MuiButton>
        {customer.conversationId && (
          <ConversationLink
            conversationId={customer.conversationId}
            name={translate('peyk.action.open_conversation')}
          />
        )}
      </Box>
      <Card sx={{ display: 'flex', flexDirection: 'column', height: 'max(420px, calc(100dvh - 330px))' }}>
        {customer.conversationId ? (
          <SimulatedChat conversationId={customer.conversationId} name={customer.name} />
        ) : (
          <Box sx={{ flex: 1, p: 2 }}>
            <Alert severity="info">
              {translate('peyk.simulator.first')}{' '}
              <bdi>
                <q>{translate('peyk.simulator.example')}</q>
              </bdi>
            </Alert>
          </Box>
        )}
        <Composer
          name="simulator"
          label={translate('peyk.simulator.composer_label')}
          send={send}
          onSent={() => undefined}
        />
      </Card>
    </Box>
  );
}

function SimulatedChat({ conversationId, name }: { conversationId: string; name: string }) {
  const translate = useTranslate();
  const chat = useChat(conversationId);
  return (
    <ChatLog
      key={conversationId}
      chat={chat}
      label={translate('peyk.chat.title', { name })}
      toolsOf={({ message }) => message && !message.unsentAt && <SimulatedTools message={message} />}
    />
  );
}
