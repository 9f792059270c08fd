import { regex, required, TextInput } from 'react-admin';
import { RecordCreate } from '../layout/RecordForm.tsx';

const ID = [required(), regex(/^[\w.@:-]{1,200}$/, 'ra.validation.regex')];

/** By hand for Directam; channels with a token of their own are connected by their own pages. */
export default function AccountCreate() {
  return (
    <RecordCreate>
      <TextInput source="externalId" validate={ID} slotProps={{ htmlInput: { dir: 'ltr' } }} />
      <TextInput source="name" slotProps={{ htmlInput: { dir: 'auto' } }} />
    </RecordCreate>
  );
}
