import { Loading, regex, required, SelectInput, TextInput } from 'react-admin';
import { useChannelLabel, useChannels } from '../channels/use-channels.ts';
import { RecordCreate } from '../layout/RecordForm.tsx';
import { isConnectable, toAccountRequest } from './account-credentials.ts';
import { CredentialInputs } from './CredentialInputs.tsx';

const MUST = required();
const ID = [MUST, regex(/^[\w.@:+-]{1,200}$/, 'peyk.account.id_wrong')];

/** Connects an account of the shop on a channel. */
export default function AccountCreate() {
  const channels = useChannels();
  const labelOf = useChannelLabel();
  const choices = channels.filter(isConnectable).map(({ name }) => ({ id: name, name: labelOf(name) }));
  if (!choices[0]) return <Loading />;
  return (
    <RecordCreate transform={(form) => toAccountRequest(form, channels)}>
      <SelectInput
        source="channel"
        choices={choices}
        translateChoice={false}
        defaultValue={choices[0].id}
        validate={MUST}
      />
      <TextInput
        source="externalId"
        validate={ID}
        helperText="peyk.account.id_hint"
        slotProps={{ htmlInput: { dir: 'ltr' } }}
      />
      <TextInput source="name" helperText="peyk.account.name_hint" slotProps={{ htmlInput: { dir: 'auto' } }} />
      <CredentialInputs />
    </RecordCreate>
  );
}
