import { useTranslate } from 'react-admin';

/** Like a WordChip, as plain text. Reasons come as words or as short sentences; an empty value shows nothing. */
export function Word({ words, value }: { words: string; value: string | null | undefined }) {
  const translate = useTranslate();
  return value ? translate(`peyk.${words}.${value.replaceAll(' ', '_')}`, { _: value }) : null;
}
