import { required, SelectInput, TextInput } from 'react-admin';
import { useChannelLabel, useChannels } from '../channels/use-channels.ts';
import { RecordEdit } from '../layout/RecordForm.tsx';
import { toAccountChanges } from './account-credentials.ts';
import { ConnectionCard } from './ConnectionCard.tsx';
import { CredentialInputs } from './CredentialInputs.tsx';

const STATES = ['active', 'needs_reconnect', 'failing', 'removed'].map((id) => ({
  id,
  name: `peyk.account_status.${id}`,
}));

export default function AccountEdit() {
  const channels = useChannels();
  const labelOf = useChannelLabel();
  return (
    <RecordEdit
      above={<ConnectionCard />}
      transform={(form, options) => toAccountChanges(form, options?.previousData, channels)}
    >
      <TextInput source="channel" readOnly format={(name: string) => labelOf(name)} />
      <TextInput source="externalId" readOnly slotProps={{ htmlInput: { dir: 'ltr' } }} />
      <TextInput source="name" slotProps={{ htmlInput: { dir: 'auto' } }} />
      <SelectInput source="status" choices={STATES} validate={required()} />
      <CredentialInputs isKnown />
    </RecordEdit>
  );
}
