import { regex, required, SelectInput, TextInput } from 'react-admin';
import { RecordCreate } from '../layout/RecordForm.tsx';
import { CREDENTIAL_FIELDS, toAccountRequest } from './account-credentials.ts';
import { CredentialInputs } from './CredentialInputs.tsx';

const MUST = required();
const ID = [MUST, regex(/^[\w.@:+-]{1,200}$/, 'ra.validation.regex')];
const CHANNELS = Object.keys(CREDENTIAL_FIELDS).map((id) => ({ id, name: `peyk.channel.${id}` }));

/** Connects an account of the shop on a channel. */
export default function AccountCreate() {
  return (
    <RecordCreate transform={toAccountRequest}>
      <SelectInput source="channel" choices={CHANNELS} defaultValue="directam" validate={MUST} />
      <TextInput source="externalId" validate={ID} slotProps={{ htmlInput: { dir: 'ltr' } }} />
      <TextInput source="name" slotProps={{ htmlInput: { dir: 'auto' } }} />
      <CredentialInputs hint="credentials_hint" />
    </RecordCreate>
  );
}
