import { regex, required, TextInput } from 'react-admin';
import { LanguageInput } from '../layout/LanguageInput.tsx';

const MUST = required();
/** What can be typed after a slash without a space. */
const SHORTCUT = [MUST, regex(/^[^\s/]{1,40}$/, 'ra.validation.regex')];

export function CannedReplyInputs() {
  return (
    <>
      <TextInput source="shortcut" validate={SHORTCUT} parse={(text: string) => text.trim()} />
      <LanguageInput source="language" defaultValue="fa" />
      <TextInput
        source="text"
        validate={MUST}
        fullWidth
        multiline
        minRows={3}
        slotProps={{ htmlInput: { dir: 'auto' } }}
      />
    </>
  );
}
