import Autocomplete from '@mui/material/Autocomplete';
import TextField from '@mui/material/TextField';
import { useState } from 'react';
import { useGetList, useGetOne, useTranslate } from 'react-admin';
import { contactNameOf } from '../layout/contact-name.ts';
import type { Conversation } from '../records.ts';

interface ConversationPickerProps {
  conversationId: string | null;
  onChange: (conversationId: string | null) => void;
}

/** Whose order it is: found by the customer's name or id on the channel. */
export function ConversationPicker({ conversationId, onChange }: ConversationPickerProps) {
  const translate = useTranslate();
  const [q, setQ] = useState('');
  const { data = [], isFetching } = useGetList<Conversation>('conversations', {
    filter: q === '' ? {} : { q },
    pagination: { page: 1, perPage: 20 },
    sort: { field: 'lastMessageAt', order: 'DESC' },
  });
  const { data: chosen } = useGetOne<Conversation>(
    'conversations',
    { id: conversationId ?? '' },
    { enabled: conversationId !== null },
  );
  return (
    <Autocomplete
      options={data}
      value={conversationId === null ? null : (chosen ?? null)}
      loading={isFetching}
      getOptionLabel={contactNameOf}
      getOptionKey={(row) => row.id}
      isOptionEqualToValue={(row, value) => row.id === value.id}
      // The server has searched already.
      filterOptions={(rows) => rows}
      onInputChange={(_event, typed, reason) => reason === 'input' && setQ(typed)}
      onChange={(_event, row) => onChange(row?.id ?? null)}
      renderInput={(params) => (
        <TextField {...params} label={translate('peyk.order.conversation')} margin="none" required />
      )}
    />
  );
}
