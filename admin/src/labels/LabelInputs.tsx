import { required, TextInput } from 'react-admin';

const MUST = required();

export function LabelInputs() {
  return (
    <>
      <TextInput source="name" validate={MUST} slotProps={{ htmlInput: { dir: 'auto' } }} />
      <TextInput source="color" type="color" defaultValue="#0f766e" validate={MUST} sx={{ width: 120 }} />
    </>
  );
}
