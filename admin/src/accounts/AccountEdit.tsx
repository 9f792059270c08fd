import { required, SelectInput, TextInput } from 'react-admin';
import { RecordEdit } from '../layout/RecordForm.tsx';
import { toAccountRequest } from './account-credentials.ts';
import { CredentialInputs } from './CredentialInputs.tsx';
import { TestAccountButton } from './TestAccountButton.tsx';

const STATES = ['active', 'needs_reconnect', 'failing', 'removed'].map((id) => ({
  id,
  name: `peyk.account_status.${id}`,
}));

export default function AccountEdit() {
  return (
    <RecordEdit transform={toAccountRequest}>
      <TestAccountButton />
      <TextInput source="externalId" readOnly slotProps={{ htmlInput: { dir: 'ltr' } }} />
      <TextInput source="name" slotProps={{ htmlInput: { dir: 'auto' } }} />
      <SelectInput source="status" choices={STATES} validate={required()} />
      <TextInput source="statusNote" fullWidth multiline slotProps={{ htmlInput: { dir: 'auto' } }} />
      <CredentialInputs hint="reconnect_hint" />
    </RecordEdit>
  );
}
