import Chip, { type ChipProps } from '@mui/material/Chip';
import { useTranslate } from 'react-admin';

const COLOURS: Readonly<Record<string, ChipProps['color']>> = {
  bot: 'primary',
  human: 'warning',
  paused: 'error',
  unknown: 'error',
  rejected: 'error',
  failed: 'error',
  blocked: 'warning',
  planned: 'info',
  sending: 'info',
  sent: 'success',
  pending: 'info',
  open: 'info',
};

interface WordChipProps {
  /** Which table of words: a key below `peyk` in the translations. */
  words: string;
  value: string;
}

/** One of the server's fixed words, translated. A word that we do not know yet is shown as it is. */
export function WordChip({ words, value }: WordChipProps) {
  const translate = useTranslate();
  const label = translate(`peyk.${words}.${value}`, { _: value });
  return <Chip label={label} size="small" variant="outlined" color={COLOURS[value] ?? 'default'} />;
}
