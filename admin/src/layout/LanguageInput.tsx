import { SelectInput, type SelectInputProps } from 'react-admin';

const CHOICES = ['fa', 'en'].map((id) => ({ id, name: `peyk.language.${id}` }));

export function LanguageInput(props: SelectInputProps) {
  return <SelectInput choices={CHOICES} {...props} />;
}
