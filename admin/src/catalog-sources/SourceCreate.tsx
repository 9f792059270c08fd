import { BooleanInput, required, SelectInput, TextInput } from 'react-admin';
import { RecordCreate } from '../layout/RecordForm.tsx';
import { currencyChoices } from '../products/product.ts';

const MUST = required();
const KINDS = ['torob', 'sitemap'].map((id) => ({ id, name: `peyk.source_kind.${id}` }));

export default function SourceCreate() {
  return (
    <RecordCreate>
      <SelectInput source="kind" choices={KINDS} defaultValue="torob" validate={MUST} />
      <TextInput source="url" type="url" validate={MUST} fullWidth slotProps={{ htmlInput: { dir: 'ltr' } }} />
      <SelectInput source="currency" choices={currencyChoices} defaultValue="IRT" validate={MUST} />
      <BooleanInput source="readPages" defaultValue={true} />
    </RecordCreate>
  );
}
