import type { Theme } from '@mui/material/styles';

/** Private notes look like paper slips, in both themes; dark enough in contrast to be read on either. */
export const NOTE_COLOURS = {
  bgcolor: ({ palette }: Theme) => (palette.mode === 'dark' ? '#3a3013' : '#fff8dc'),
  color: ({ palette }: Theme) => (palette.mode === 'dark' ? '#f7e9b5' : '#4a3b00'),
  borderColor: ({ palette }: Theme) => (palette.mode === 'dark' ? '#7a6626' : '#d9c26a'),
};
