import Box from '@mui/material/Box';
import Typography from '@mui/material/Typography';
import { useListContext } from 'react-admin';
import { ConversationLink } from '../fields/ConversationLink.tsx';
import { CustomerText } from '../fields/CustomerText.tsx';
import { Moment } from '../fields/Moment.tsx';
import { Word } from '../fields/Word.tsx';
import { WordChip } from '../fields/WordChip.tsx';
import { contactNameOf } from '../layout/contact-name.ts';
import type { Conversation } from '../records.ts';

/** The list on a phone. */
export function ConversationCards() {
  const { data } = useListContext<Conversation>();
  return (
    <Box component="ul" sx={{ listStyle: 'none', m: 0, p: 0 }}>
      {data?.map((row) => (
        <Box component="li" key={row.id} sx={{ p: 1.5, borderBottom: 1, borderColor: 'divider' }}>
          <Box sx={{ display: 'flex', gap: 1, alignItems: 'center', mb: 0.5 }}>
            <Box sx={{ flex: 1, minWidth: 0, overflowWrap: 'anywhere' }}>
              <ConversationLink conversationId={row.id} name={contactNameOf(row)} />
            </Box>
            <WordChip words="mode" value={row.mode} />
          </Box>
          <CustomerText text={row.lastMessageText} />
          <Typography variant="caption" color="text.secondary" component="div">
            <Word words="channel" value={row.channel} /> · <Moment at={row.lastMessageAt} />
          </Typography>
        </Box>
      ))}
    </Box>
  );
}
