import Box from '@mui/material/Box';
import type { Theme } from '@mui/material/styles';
import { diffTexts } from './diff-texts.ts';

/** Dark enough in contrast to be read in either theme. */
const COLOURS = {
  added: {
    bgcolor: ({ palette }: Theme) => (palette.mode === 'dark' ? '#14432a' : '#d7f5e0'),
    color: ({ palette }: Theme) => (palette.mode === 'dark' ? '#c9f7d8' : '#0b3d1e'),
  },
  removed: {
    bgcolor: ({ palette }: Theme) => (palette.mode === 'dark' ? '#4a1d1d' : '#fde0e0'),
    color: ({ palette }: Theme) => (palette.mode === 'dark' ? '#fbd5d5' : '#5c1010'),
  },
};

interface DiffTextProps {
  before: string;
  after: string;
  /** Which of the two is shown: what was taken away is marked in the first, what came in the second; both in a prompt. */
  side: 'before' | 'after' | 'both';
}

/** A text with what differs from another marked, word by word. */
export function DiffText({ before, after, side }: DiffTextProps) {
  const parts = diffTexts(before, after).filter(
    ({ kind }) => side === 'both' || kind === 'same' || (side === 'before') === (kind === 'removed'),
  );
  let at = 0;
  return (
    <Box component="span" dir="auto" sx={{ whiteSpace: 'pre-wrap', overflowWrap: 'anywhere' }}>
      {parts.map(({ value, kind }) => {
        at += value.length;
        if (kind === 'added') {
          return (
            <Box key={at} component="ins" sx={{ ...COLOURS.added, textDecoration: 'none', borderRadius: 0.5 }}>
              {value}
            </Box>
          );
        }
        if (kind === 'removed') {
          return (
            <Box key={at} component="del" sx={{ ...COLOURS.removed, borderRadius: 0.5 }}>
              {value}
            </Box>
          );
        }
        return value;
      })}
    </Box>
  );
}
