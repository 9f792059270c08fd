import {
  AutocompleteInput,
  BooleanInput,
  Edit,
  required,
  SaveButton,
  SimpleForm,
  TextInput,
  Toolbar,
} from 'react-admin';
import { LanguageInput } from '../layout/LanguageInput.tsx';

const MUST = required();
const ZONES = Intl.supportedValuesOf('timeZone').map((id) => ({ id, name: id }));

function OnlySave() {
  return (
    <Toolbar>
      <SaveButton />
    </Toolbar>
  );
}

export default function BusinessEdit() {
  return (
    <Edit mutationMode="pessimistic" redirect={false} title="peyk.settings.title" sx={{ maxWidth: 800 }}>
      <SimpleForm toolbar={<OnlySave />}>
        <BooleanInput source="aiEnabled" helperText="peyk.settings.ai_hint" />
        <BooleanInput source="assignTickets" />
        <TextInput source="name" validate={MUST} fullWidth slotProps={{ htmlInput: { dir: 'auto' } }} />
        <TextInput
          source="prompt"
          fullWidth
          multiline
          minRows={5}
          helperText="peyk.settings.prompt_hint"
          slotProps={{ htmlInput: { dir: 'auto' } }}
        />
        <LanguageInput source="language" validate={MUST} />
        <AutocompleteInput
          source="timeZone"
          choices={ZONES}
          validate={MUST}
          helperText="peyk.settings.zone_hint"
          translateChoice={false}
          sx={{ minWidth: 280 }}
        />
      </SimpleForm>
    </Edit>
  );
}
