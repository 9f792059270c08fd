import Alert from '@mui/material/Alert';
import { required, SelectInput, TextInput, useRecordContext, useTranslate } from 'react-admin';
import { useChannelLabel, useChannels } from '../channels/use-channels.ts';
import { RecordEdit } from '../layout/RecordForm.tsx';
import { toPlainNote } from '../providers/server-words.ts';
import { toAccountChanges } from './account-credentials.ts';
import { CredentialInputs } from './CredentialInputs.tsx';
import { TestAccountButton } from './TestAccountButton.tsx';

const STATES = ['active', 'needs_reconnect', 'failing', 'removed'].map((id) => ({
  id,
  name: `peyk.account_status.${id}`,
}));

export default function AccountEdit() {
  const channels = useChannels();
  const labelOf = useChannelLabel();
  return (
    <RecordEdit transform={(form, options) => toAccountChanges(form, options?.previousData, channels)}>
      <TestAccountButton />
      <StatusNote />
      <TextInput source="channel" readOnly format={(name: string) => labelOf(name)} />
      <TextInput source="externalId" readOnly slotProps={{ htmlInput: { dir: 'ltr' } }} />
      <TextInput source="name" slotProps={{ htmlInput: { dir: 'auto' } }} />
      <SelectInput source="status" choices={STATES} validate={required()} />
      <CredentialInputs isKnown />
    </RecordEdit>
  );
}

/** Why the account is as it is; the last look at it, or a provider that refused it, wrote this. */
function StatusNote() {
  const translate = useTranslate();
  const note = useRecordContext<{ statusNote: string }>()?.statusNote;
  if (!note) return null;
  return (
    <Alert severity="warning" sx={{ width: '100%', mb: 2 }}>
      <bdi>{translate(toPlainNote(note), { _: note })}</bdi>
    </Alert>
  );
}
