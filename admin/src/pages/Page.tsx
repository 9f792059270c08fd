import Alert from '@mui/material/Alert';
import Box from '@mui/material/Box';
import LinearProgress from '@mui/material/LinearProgress';
import MuiTypography from '@mui/material/Typography';
import type { ReactNode } from 'react';
import { Title, useTranslate } from 'react-admin';
import { messageOf } from '../layout/use-operator-action.ts';

interface PageProps {
  /** Key of the title below `peyk`. */
  title: string;
  intro?: ReactNode;
  children: ReactNode;
  maxWidth?: number;
}

/** What the pages that are no list have in common. */
export function Page({ title, intro, children, maxWidth = 1200 }: PageProps) {
  const translate = useTranslate();
  return (
    <Box sx={{ mt: 2, pb: 4, maxWidth }}>
      <Title title={translate(`peyk.${title}`)} />
      {intro && <MuiTypography sx={{ mb: 2 }}>{intro}</MuiTypography>}
      {children}
    </Box>
  );
}

interface ReadingProps {
  isPending: boolean;
  error: unknown;
  hasData: boolean;
}

/** A bar while the first answer is on its way, and plain words when none comes. */
export function Reading({ isPending, error, hasData }: ReadingProps) {
  const translate = useTranslate();
  if (error) {
    return (
      <Alert severity={hasData ? 'warning' : 'error'} sx={{ mb: 2 }}>
        {translate(messageOf(error), { _: messageOf(error) })}
      </Alert>
    );
  }
  return isPending ? <LinearProgress aria-label={translate('ra.page.loading')} sx={{ mb: 2 }} /> : null;
}
