import Box from '@mui/material/Box';
import type { ReactNode } from 'react';

interface RowActionsProps {
  /** `narrow`: only where a table does not fit, below a cell that is always in sight; `wide`: only elsewhere. */
  on: 'narrow' | 'wide';
  children: ReactNode;
}

/** What can be done with a row. On a phone the last column is out of sight, so its buttons stand in an early one there. */
export function RowActions({ on, children }: RowActionsProps) {
  const display = on === 'wide' ? { xs: 'none', md: 'flex' } : { xs: 'flex', md: 'none' };
  return <Box sx={{ display, gap: 1, flexWrap: { xs: 'wrap', md: 'nowrap' }, mt: { xs: 1, md: 0 } }}>{children}</Box>;
}
