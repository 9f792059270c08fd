import Box from '@mui/material/Box';
import { useLocale, useTranslate } from 'react-admin';
import { formatNumber } from '../fields/moment.ts';
import { lengthOf, type TextLimit } from './text-length.ts';

/** How long the text is, once it no longer fits into one message of the channel; and that it is too long. */
export function LengthNotice({ text, limit }: { text: string; limit: TextLimit | null }) {
  const translate = useTranslate();
  const locale = useLocale() ?? 'en';
  const length = limit && lengthOf(text.trim(), limit);
  if (!length || length.messages < 2) return null;
  const shown = {
    length: formatNumber(text.trim().length, locale),
    messages: formatNumber(length.messages, locale),
    max: formatNumber(length.max, locale),
  };
  return (
    <Box
      role={length.isTooLong ? 'alert' : 'status'}
      sx={{ typography: 'caption', color: length.isTooLong ? 'error.main' : 'text.secondary', mt: 0.5 }}
    >
      {translate(`peyk.enclosed.${length.isTooLong ? 'too_long' : 'several'}`, shown)}
    </Box>
  );
}
