import { AutocompleteInput, ReferenceInput, required, TextInput } from 'react-admin';
import { RecordCreate } from '../layout/RecordForm.tsx';

const MUST = required();
const ON_SALE = { removedAt: null };
const searchFor = (q: string) => (q === '' ? {} : { q });

export default function PostLinkCreate() {
  return (
    <RecordCreate>
      <TextInput
        source="post"
        validate={MUST}
        fullWidth
        helperText="peyk.catalog.post_help"
        slotProps={{ htmlInput: { dir: 'ltr' } }}
      />
      <ReferenceInput source="productId" reference="products" filter={ON_SALE}>
        <AutocompleteInput optionText="title" filterToQuery={searchFor} validate={MUST} fullWidth />
      </ReferenceInput>
    </RecordCreate>
  );
}
