import { TextInput } from 'react-admin';
import { RecordCreate } from '../layout/RecordForm.tsx';
import { AttributeInputs, VariantInputs } from './AttributeInputs.tsx';
import { ProductInputs } from './ProductInputs.tsx';

export default function ProductCreate() {
  return (
    <RecordCreate>
      <ProductInputs />
      <AttributeInputs />
      <VariantInputs />
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
