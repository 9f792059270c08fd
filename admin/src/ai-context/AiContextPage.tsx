import Alert from '@mui/material/Alert';
import Autocomplete from '@mui/material/Autocomplete';
import Box from '@mui/material/Box';
import MuiButton from '@mui/material/Button';
import Card from '@mui/material/Card';
import CardContent from '@mui/material/CardContent';
import TextField from '@mui/material/TextField';
import { type FormEvent, useState } from 'react';
import { useCanAccess, useGetList, useTranslate } from 'react-admin';
import { contactNameOf } from '../layout/contact-name.ts';
import { messageOf } from '../layout/use-operator-action.ts';
import { Page, Reading } from '../pages/Page.tsx';
import { useRead } from '../pages/use-read.ts';
import { useOperator } from '../providers/use-operator.ts';
import type { Conversation } from '../records.ts';
import { type AiContext, ContextView } from './ContextView.tsx';
import { ReplyView, type SimulatedReply } from './ReplyView.tsx';

/** What the bot would be given for a conversation, and what it would say to a text; nothing is sent. */
export default function AiContextPage() {
  const translate = useTranslate();
  const [conversation, setConversation] = useState<Conversation | null>(null);
  const { canAccess: canAsk } = useCanAccess({ resource: 'ai-context', action: 'manage' });
  const { data, isLoading, error } = useRead<{ context: AiContext }>(
    `/admin/ai/context?conversation_id=${conversation?.id ?? ''}`,
    { enabled: conversation !== null, staleWith: 'messages' },
  );
  const [answer, setAnswer] = useState<{ context: AiContext; reply: SimulatedReply } | null>(null);
  const context = answer?.context ?? data?.context;
  return (
    <Page title="ai.title" intro={translate('peyk.ai.intro')} maxWidth={1000}>
      <Card sx={{ mb: 2 }}>
        <CardContent sx={{ display: 'grid', gap: 2 }}>
          <ConversationPicker
            value={conversation}
            onChange={(chosen) => {
              setConversation(chosen);
              setAnswer(null);
            }}
          />
          {canAsk && <AskForm conversationId={conversation?.id} onAnswer={setAnswer} />}
        </CardContent>
      </Card>
      <Reading isPending={isLoading} error={error} hasData={false} />
      {answer && <ReplyView reply={answer.reply} />}
      {context && <ContextView context={context} />}
    </Page>
  );
}

interface PickerProps {
  value: Conversation | null;
  onChange: (conversation: Conversation | null) => void;
}

function ConversationPicker({ value, onChange }: PickerProps) {
  const translate = useTranslate();
  const [typed, setTyped] = useState('');
  const { data = [] } = useGetList<Conversation>('conversations', {
    filter: typed.trim() === '' || (value && contactNameOf(value) === typed) ? {} : { q: typed },
    pagination: { page: 1, perPage: 25 },
    sort: { field: 'lastMessageAt', order: 'DESC' },
  });
  return (
    <Autocomplete
      options={data}
      value={value}
      getOptionLabel={contactNameOf}
      getOptionKey={(row) => row.id}
      isOptionEqualToValue={(a, b) => a.id === b.id}
      filterOptions={(rows) => rows}
      onInputChange={(_event, text) => setTyped(text)}
      onChange={(_event, chosen) => onChange(chosen)}
      renderInput={(params) => <TextField {...params} label={translate('peyk.ai.conversation')} margin="none" />}
    />
  );
}

interface AskFormProps {
  conversationId: string | undefined;
  onAnswer: (answer: { context: AiContext; reply: SimulatedReply }) => void;
}

function AskForm({ conversationId, onAnswer }: AskFormProps) {
  const translate = useTranslate();
  const operator = useOperator();
  const [text, setText] = useState('');
  const [isAsking, setIsAsking] = useState(false);
  const [fault, setFault] = useState<string | null>(null);
  const canSend = !isAsking && (text.trim() !== '' || conversationId !== undefined);

  async function ask(event: FormEvent) {
    event.preventDefault();
    setIsAsking(true);
    setFault(null);
    try {
      const question = {
        ...(conversationId ? { conversation_id: conversationId } : {}),
        ...(text.trim() ? { text: text.trim() } : {}),
      };
      onAnswer(await operator.simulateReply(question));
    } catch (error) {
      setFault(messageOf(error));
    } finally {
      setIsAsking(false);
    }
  }

  return (
    <Box component="form" onSubmit={(event) => void ask(event)} sx={{ display: 'flex', gap: 1, flexWrap: 'wrap' }}>
      <TextField
        label={translate('peyk.ai.text')}
        value={text}
        onChange={(event) => setText(event.target.value)}
        multiline
        margin="none"
        sx={{ flex: 1, minWidth: 220 }}
        slotProps={{ htmlInput: { dir: 'auto' } }}
      />
      <MuiButton type="submit" variant="contained" disabled={!canSend}>
        {translate('peyk.action.ask')}
      </MuiButton>
      {fault && (
        <Alert severity="error" sx={{ width: '100%' }}>
          {translate(fault, { _: fault })}
        </Alert>
      )}
    </Box>
  );
}
