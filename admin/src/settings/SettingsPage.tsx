import Card from '@mui/material/Card';
import { useQueryClient } from '@tanstack/react-query';
import {
  HttpError,
  ResourceContextProvider,
  SaveButton,
  SimpleForm,
  Toolbar,
  useNotify,
  useTranslate,
} from 'react-admin';
import { ActionButton } from '../layout/ActionButton.tsx';
import { messageOf } from '../layout/use-operator-action.ts';
import { Page, Reading } from '../pages/Page.tsx';
import { useRead } from '../pages/use-read.ts';
import { useOperator } from '../providers/use-operator.ts';
import { SettingsInputs } from './SettingsInputs.tsx';
import { type Settings, type SettingsForm, toChanges, toForm } from './settings.ts';

const PATH = '/api/settings';

/** What the shop has set for itself; everything else follows the server's settings. */
export default function SettingsPage() {
  const translate = useTranslate();
  const { data, error, isPending } = useRead<Settings>(PATH, { staleWith: 'settings' });
  return (
    <Page title="own_settings.title" intro={translate('peyk.own_settings.intro')} maxWidth={800}>
      <Reading isPending={isPending} error={error} hasData={data !== undefined} />
      {data && <Form key={JSON.stringify(data)} settings={data} />}
    </Page>
  );
}

function Form({ settings }: { settings: Settings }) {
  const operator = useOperator();
  const notify = useNotify();
  const queries = useQueryClient();
  const form = toForm(settings);
  const readAgain = () => queries.invalidateQueries({ queryKey: ['settings'] });

  async function save(values: object) {
    const changes = toChanges(form, values as SettingsForm);
    if (Object.keys(changes).length === 0) return undefined;
    try {
      await operator.changeSettings(changes);
      notify('peyk.own_settings.saved', { type: 'success' });
      await readAgain();
      return undefined;
    } catch (error) {
      notify(messageOf(error), { type: 'error' });
      // The form shows each beside its field.
      return error instanceof HttpError ? (error.body?.errors as object | undefined) : undefined;
    }
  }
  async function removeKey() {
    await operator.changeSettings({ aiKey: null });
    await readAgain();
  }
  const toolbar = (
    <Toolbar sx={{ justifyContent: 'space-between' }}>
      <SaveButton />
      {settings.hasAiKey && <ActionButton action="remove_ai_key" done="ai_key_removed" run={removeKey} />}
    </Toolbar>
  );
  return (
    <ResourceContextProvider value="settings">
      <Card>
        <SimpleForm record={form} onSubmit={save} toolbar={toolbar} sanitizeEmptyValues={false}>
          <SettingsInputs hasAiKey={settings.hasAiKey} />
        </SimpleForm>
      </Card>
    </ResourceContextProvider>
  );
}
