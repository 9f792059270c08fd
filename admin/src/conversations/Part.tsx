import Box from '@mui/material/Box';
import Typography from '@mui/material/Typography';
import type { ReactNode } from 'react';
import { useTranslate } from 'react-admin';

interface PartProps {
  /** Key below `peyk.card`. */
  label: string;
  children: ReactNode;
}

/** One titled piece of the side panel. */
export function Part({ label, children }: PartProps) {
  const translate = useTranslate();
  return (
    <Box>
      <Typography variant="caption" color="text.secondary" component="h3" sx={{ m: 0, mb: 0.25 }}>
        {translate(`peyk.card.${label}`)}
      </Typography>
      <Typography variant="body2" component="div">
        {children}
      </Typography>
    </Box>
  );
}
