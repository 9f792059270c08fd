import {
  BooleanInput,
  DeleteButton,
  Edit,
  required,
  SaveButton,
  SelectInput,
  SimpleForm,
  TextField,
  Toolbar,
  useRecordContext,
} from 'react-admin';
import { currencyChoices } from '../products/product.ts';

const MUST = required();

function onlyFields({ enabled, readPages, currency }: Record<string, unknown>): Record<string, unknown> {
  return { enabled, readPages, currency };
}

/** A source of the server's settings can be switched off, not removed. */
function SourceToolbar() {
  const record = useRecordContext<{ id: string; fromSettings: boolean }>();
  return (
    <Toolbar sx={{ justifyContent: 'space-between' }}>
      <SaveButton />
      {record && !record.fromSettings && <DeleteButton mutationMode="pessimistic" redirect="list" />}
    </Toolbar>
  );
}

export default function SourceEdit() {
  return (
    <Edit mutationMode="pessimistic" redirect="list" transform={onlyFields} sx={{ maxWidth: 800 }}>
      <SimpleForm toolbar={<SourceToolbar />}>
        <TextField source="url" />
        <SelectInput source="currency" choices={currencyChoices} validate={MUST} />
        <BooleanInput source="readPages" />
        <BooleanInput source="enabled" />
      </SimpleForm>
    </Edit>
  );
}
