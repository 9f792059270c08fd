import { Edit, SimpleForm } from 'react-admin';
import { UserInputs } from './UserInputs.tsx';

/** An empty password is none: it is not sent, so the old one stays. */
function withoutEmptyPassword({ password, ...rest }: Record<string, unknown>) {
  return password ? { ...rest, password } : rest;
}

export default function UserEdit() {
  return (
    <Edit mutationMode="pessimistic" redirect="list" transform={withoutEmptyPassword} sx={{ maxWidth: 800 }}>
      <SimpleForm>
        <UserInputs isNew={false} />
      </SimpleForm>
    </Edit>
  );
}
