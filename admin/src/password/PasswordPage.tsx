import Card from '@mui/material/Card';
import { useQueryClient } from '@tanstack/react-query';
import {
  HttpError,
  minLength,
  PasswordInput,
  required,
  SaveButton,
  SimpleForm,
  Toolbar,
  useNotify,
  useRedirect,
  useTranslate,
} from 'react-admin';
import { messageOf } from '../layout/use-operator-action.ts';
import { Page } from '../pages/Page.tsx';
import { useOperator } from '../providers/use-operator.ts';

const MUST = required();
const LONG_ENOUGH = minLength(12);

interface Passwords {
  currentPassword: string;
  newPassword: string;
  repeated: string;
}

const isRepeated = (repeated: string, all: Partial<Passwords>) =>
  repeated === all.newPassword ? undefined : 'peyk.password.differs';

const TOOLBAR = (
  <Toolbar>
    <SaveButton label="peyk.password.change" alwaysEnable />
  </Toolbar>
);

/** One's own password, with the present one; the other logins end. */
export default function PasswordPage() {
  const translate = useTranslate();
  const operator = useOperator();
  const notify = useNotify();
  const redirect = useRedirect();
  const queries = useQueryClient();

  async function save(values: object) {
    const { currentPassword, newPassword } = values as Passwords;
    try {
      await operator.changePassword(currentPassword, newPassword);
    } catch (error) {
      notify(messageOf(error), { type: 'error' });
      // The form shows each beside its field.
      return error instanceof HttpError ? (error.body?.errors as object | undefined) : undefined;
    }
    notify('peyk.password.changed', { type: 'success' });
    await queries.invalidateQueries({ queryKey: ['me'] });
    redirect('/');
    return undefined;
  }

  return (
    <Page title="password.title" intro={translate('peyk.password.intro')} maxWidth={500}>
      <Card>
        <SimpleForm onSubmit={save} toolbar={TOOLBAR}>
          <PasswordInput
            source="currentPassword"
            label="peyk.password.current"
            validate={MUST}
            autoComplete="current-password"
          />
          <PasswordInput
            source="newPassword"
            label="peyk.password.new"
            helperText="peyk.password.hint"
            validate={[MUST, LONG_ENOUGH]}
            autoComplete="new-password"
          />
          <PasswordInput
            source="repeated"
            label="peyk.password.repeat"
            validate={[MUST, isRepeated]}
            autoComplete="new-password"
          />
        </SimpleForm>
      </Card>
    </Page>
  );
}
