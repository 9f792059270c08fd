import { TextInput } from 'react-admin';
import { RecordCreate } from '../layout/RecordForm.tsx';
import { ProductInputs } from './ProductInputs.tsx';

export default function ProductCreate() {
  return (
    <RecordCreate>
      <ProductInputs />
      <TextInput
        source="imageUrl"
        type="url"
        fullWidth
        parse={(text: string) => (text === '' ? null : text)}
        slotProps={{ htmlInput: { dir: 'ltr' } }}
      />
    </RecordCreate>
  );
}
