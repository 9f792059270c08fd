import { BooleanInput, minLength, PasswordInput, required, SelectInput, TextInput, useTranslate } from 'react-admin';

const MUST = required();
const ROLES = ['viewer', 'operator', 'supervisor', 'admin'];
const LONG_ENOUGH = minLength(12);

/** A new person needs a password; for others an empty one keeps what they have. */
export function UserInputs({ isNew }: { isNew: boolean }) {
  const translate = useTranslate();
  const choices = ROLES.map((id) => ({
    id,
    name: `${translate(`peyk.role.${id}`)} (${translate(`peyk.role_hint.${id}`)})`,
  }));
  return (
    <>
      <TextInput source="username" validate={MUST} autoComplete="off" slotProps={{ htmlInput: { dir: 'auto' } }} />
      <SelectInput source="role" choices={choices} defaultValue="operator" validate={MUST} translateChoice={false} />
      <PasswordInput
        source="password"
        validate={isNew ? [MUST, LONG_ENOUGH] : LONG_ENOUGH}
        helperText={isNew ? 'peyk.users.new_password_hint' : 'peyk.users.password_hint'}
        autoComplete="new-password"
      />
      <BooleanInput source="active" defaultValue helperText="peyk.users.active_hint" />
    </>
  );
}
