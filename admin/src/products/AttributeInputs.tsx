import {
  ArrayInput,
  minValue,
  NumberInput,
  required,
  SelectInput,
  SimpleFormIterator,
  TextArrayInput,
  TextInput,
  useTranslate,
} from 'react-admin';

const MUST = required();
const NOT_NEGATIVE = minValue(0);
const OWN_DIRECTION = { htmlInput: { dir: 'auto' } };
const STOCK = [
  { id: true, name: 'peyk.catalog.available' },
  { id: false, name: 'peyk.catalog.not_available' },
];

/** What an attribute is called: the table's names in the language of the panel, others as they are written. */
function NameInput() {
  const translate = useTranslate();
  const shown = (name: unknown): string =>
    typeof name === 'string' ? translate(`peyk.attribute.${name}`, { _: name }) : '';
  return (
    <TextInput
      source="name"
      label="peyk.product.attribute"
      format={shown}
      validate={MUST}
      helperText={false}
      slotProps={OWN_DIRECTION}
    />
  );
}

/** What is said of a product besides: sizes, colours, material, warranty. A sync leaves what stands here as it is. */
export function AttributeInputs() {
  return (
    <ArrayInput source="attributes" helperText="peyk.product.attributes_help">
      <SimpleFormIterator inline disableReordering fullWidth>
        <NameInput />
        <TextArrayInput source="values" label="peyk.product.values" validate={MUST} helperText={false} />
      </SimpleFormIterator>
    </ArrayInput>
  );
}

/** Each colour and size with a price and a stock of its own. */
export function VariantInputs() {
  return (
    <ArrayInput source="variants" helperText="peyk.product.variants_help">
      <SimpleFormIterator inline disableReordering fullWidth>
        <ArrayInput source="options" label="peyk.product.options" validate={MUST}>
          <SimpleFormIterator inline disableReordering disableClear>
            <NameInput />
            <TextInput
              source="value"
              label="peyk.product.value"
              validate={MUST}
              helperText={false}
              slotProps={OWN_DIRECTION}
            />
          </SimpleFormIterator>
        </ArrayInput>
        <NumberInput source="price" label="peyk.product.price" validate={NOT_NEGATIVE} helperText={false} />
        <SelectInput source="available" label="peyk.product.stock" choices={STOCK} helperText={false} />
        <TextInput source="sku" label="peyk.product.sku" helperText={false} slotProps={OWN_DIRECTION} />
      </SimpleFormIterator>
    </ArrayInput>
  );
}
