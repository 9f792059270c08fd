import { Edit, SimpleForm } from 'react-admin';
import { ProductInputs } from './ProductInputs.tsx';

const FIELDS = ['title', 'description', 'brand', 'price', 'oldPrice', 'currency', 'available', 'url'];

/** Only what the form shows is sent: the rest of a record is the server's. */
function onlyFields(data: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(FIELDS.map((field) => [field, data[field] ?? (field === 'url' ? null : data[field])]));
}

export default function ProductEdit() {
  return (
    <Edit mutationMode="pessimistic" redirect="list" transform={onlyFields} sx={{ maxWidth: 800 }}>
      <SimpleForm>
        <ProductInputs />
      </SimpleForm>
    </Edit>
  );
}
