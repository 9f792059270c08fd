import { required, TextInput } from 'react-admin';
import { LanguageInput } from '../layout/LanguageInput.tsx';

const MUST = required();
const OWN_DIRECTION = { htmlInput: { dir: 'auto' } };

export function FaqInputs() {
  return (
    <>
      <LanguageInput source="language" defaultValue="fa" validate={MUST} />
      <TextInput source="question" validate={MUST} fullWidth slotProps={OWN_DIRECTION} />
      <TextInput source="answer" validate={MUST} fullWidth multiline minRows={3} slotProps={OWN_DIRECTION} />
    </>
  );
}
