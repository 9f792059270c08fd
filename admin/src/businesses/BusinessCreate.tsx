import { regex, required, TextInput } from 'react-admin';
import { LanguageInput } from '../layout/LanguageInput.tsx';
import { RecordCreate } from '../layout/RecordForm.tsx';

const MUST = required();
const SLUG = regex(/^[a-z0-9](?:[a-z0-9-]{0,62}[a-z0-9])?$/, 'ra.validation.regex');

/** What is left empty is not sent: the server makes a short name of the name. */
function toRequest({ slug, ...business }: Record<string, unknown>) {
  return slug ? { ...business, slug } : business;
}

/** For people of the installation. */
export default function BusinessCreate() {
  return (
    <RecordCreate transform={toRequest}>
      <TextInput source="name" validate={MUST} slotProps={{ htmlInput: { dir: 'auto' } }} />
      <TextInput source="slug" validate={SLUG} slotProps={{ htmlInput: { dir: 'ltr' } }} />
      <LanguageInput source="language" defaultValue="fa" validate={MUST} />
    </RecordCreate>
  );
}
