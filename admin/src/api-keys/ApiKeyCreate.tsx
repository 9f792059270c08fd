import Alert from '@mui/material/Alert';
import MuiButton from '@mui/material/Button';
import Dialog from '@mui/material/Dialog';
import DialogActions from '@mui/material/DialogActions';
import DialogContent from '@mui/material/DialogContent';
import DialogTitle from '@mui/material/DialogTitle';
import TextField from '@mui/material/TextField';
import { useState } from 'react';
import {
  CheckboxGroupInput,
  Create,
  DateTimeInput,
  type RaRecord,
  required,
  SimpleForm,
  TextInput,
  useNotify,
  usePermissions,
  useRedirect,
  useTranslate,
} from 'react-admin';

const MUST = required();

/** The server shows the key in this one answer only, so the page waits until the person has copied it. */
export default function ApiKeyCreate() {
  const [key, setKey] = useState<string | null>(null);
  const redirect = useRedirect();
  const { permissions = [] } = usePermissions<string[]>();
  const choices = permissions.map((id) => ({ id, name: `peyk.permission.${id}` }));
  const onSuccess = (record: RaRecord) => setKey(String(record.key ?? ''));
  return (
    <Create redirect={false} mutationOptions={{ onSuccess }} sx={{ maxWidth: 800 }}>
      <SimpleForm>
        <TextInput source="name" validate={MUST} slotProps={{ htmlInput: { dir: 'auto' } }} />
        <DateTimeInput source="expiresAt" defaultValue={null} helperText="peyk.keys.expires_hint" />
        <CheckboxGroupInput source="scopes" choices={choices} validate={MUST} />
      </SimpleForm>
      {key !== null && <KeyDialog value={key} onClose={() => redirect('list', 'api-keys')} />}
    </Create>
  );
}

function KeyDialog({ value, onClose }: { value: string; onClose: () => void }) {
  const translate = useTranslate();
  const notify = useNotify();
  async function copy() {
    await navigator.clipboard.writeText(value);
    notify('peyk.done.copied', { type: 'success' });
  }
  return (
    <Dialog open aria-labelledby="new-key-title" maxWidth="sm" fullWidth>
      <DialogTitle id="new-key-title">{translate('peyk.keys.once_title')}</DialogTitle>
      <DialogContent>
        <Alert severity="warning" sx={{ mb: 2 }}>
          {translate('peyk.keys.once_text')}
        </Alert>
        <TextField
          label={translate('peyk.keys.value')}
          value={value}
          fullWidth
          helperText={translate('peyk.keys.use')}
          slotProps={{ htmlInput: { readOnly: true, dir: 'ltr', 'data-testid': 'new-key' } }}
          onFocus={(event) => event.target.select()}
        />
      </DialogContent>
      <DialogActions>
        <MuiButton onClick={() => void copy().catch(() => undefined)} variant="contained">
          {translate('peyk.action.copy')}
        </MuiButton>
        <MuiButton onClick={onClose}>{translate('ra.action.close')}</MuiButton>
      </DialogActions>
    </Dialog>
  );
}
