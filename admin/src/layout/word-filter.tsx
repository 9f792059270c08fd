import { SearchInput, SelectInput } from 'react-admin';

/** Choices for a filter over the server's fixed words. */
export function wordFilter(source: string, words: string, values: readonly string[], isAlwaysOn = false) {
  const choices = values.map((id) => ({ id, name: `peyk.${words}.${id}` }));
  return <SelectInput key={source} source={source} choices={choices} alwaysOn={isAlwaysOn} />;
}

export const searchFilter = <SearchInput key="q" source="q" alwaysOn />;
