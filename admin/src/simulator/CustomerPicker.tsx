import Autocomplete from '@mui/material/Autocomplete';
import TextField from '@mui/material/TextField';
import { useGetList, useTranslate } from 'react-admin';
import type { Conversation } from '../records.ts';

/** Whom the reader plays. Without a conversation it is somebody new, and the name may be left to the server. */
export interface Customer {
  name: string;
  conversationId: string | null;
}

interface CustomerPickerProps {
  customer: Customer;
  onChange: (customer: Customer) => void;
}

/** Only what the server takes as a name; a space becomes a dash. */
function toName(typed: string): string {
  return typed
    .trim()
    .replace(/\s+/g, '-')
    .replace(/[^\p{L}\p{N}._-]/gu, '')
    .slice(0, 64);
}

export function CustomerPicker({ customer, onChange }: CustomerPickerProps) {
  const translate = useTranslate();
  const { data = [] } = useGetList<Conversation>('conversations', {
    filter: { channel: 'simulator' },
    pagination: { page: 1, perPage: 50 },
    sort: { field: 'lastMessageAt', order: 'DESC' },
  });
  const idsByName = new Map(data.map((row) => [row.contactExternalId, row.id]));
  const choose = (typed: string) => {
    const name = toName(typed);
    onChange({ name, conversationId: idsByName.get(name) ?? null });
  };
  return (
    <Autocomplete
      freeSolo
      fullWidth={false}
      options={[...idsByName.keys()]}
      value={customer.name}
      onChange={(_event, value) => choose(value ?? '')}
      onBlur={(event) => choose((event.target as HTMLInputElement).value)}
      sx={{ width: { xs: '100%', sm: 320 } }}
      renderInput={(params) => (
        <TextField
          {...params}
          label={translate('peyk.simulator.customer')}
          helperText={translate('peyk.simulator.customer_hint')}
          margin="none"
        />
      )}
    />
  );
}
