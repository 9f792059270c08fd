import { BooleanInput, minValue, NumberInput, required, SelectInput, TextInput } from 'react-admin';
import { currencyChoices } from './product.ts';

const MUST = required();
const NOT_NEGATIVE = minValue(0);
const OWN_DIRECTION = { htmlInput: { dir: 'auto' } };
const LEFT_TO_RIGHT = { htmlInput: { dir: 'ltr' } };

export function ProductInputs() {
  return (
    <>
      <TextInput source="title" validate={MUST} fullWidth slotProps={OWN_DIRECTION} />
      <TextInput source="description" fullWidth multiline minRows={2} slotProps={OWN_DIRECTION} />
      <TextInput source="brand" slotProps={OWN_DIRECTION} />
      <NumberInput source="price" validate={NOT_NEGATIVE} />
      <NumberInput source="oldPrice" validate={NOT_NEGATIVE} />
      <SelectInput source="currency" choices={currencyChoices} defaultValue="IRT" validate={MUST} />
      <BooleanInput source="available" defaultValue={true} />
      <TextInput source="url" type="url" fullWidth parse={emptyAsNull} slotProps={LEFT_TO_RIGHT} />
    </>
  );
}

const emptyAsNull = (text: string): string | null => (text === '' ? null : text);
