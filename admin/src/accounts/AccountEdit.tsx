import { required, SelectInput, TextInput } from 'react-admin';
import { RecordEdit } from '../layout/RecordForm.tsx';

const STATES = ['active', 'needs_reconnect', 'removed'].map((id) => ({ id, name: `peyk.account_status.${id}` }));

export default function AccountEdit() {
  return (
    <RecordEdit canDelete={false}>
      <TextInput source="externalId" readOnly slotProps={{ htmlInput: { dir: 'ltr' } }} />
      <TextInput source="name" slotProps={{ htmlInput: { dir: 'auto' } }} />
      <SelectInput source="status" choices={STATES} validate={required()} />
      <TextInput source="statusNote" fullWidth multiline slotProps={{ htmlInput: { dir: 'auto' } }} />
    </RecordEdit>
  );
}
