import Box from '@mui/material/Box';
import MuiButton from '@mui/material/Button';
import { LinkBase, useTranslate } from 'react-admin';

const PAGES = [
  { to: '/simulator', words: 'live_title' },
  { to: '/rehearsal', words: 'title' },
] as const;

/** The live simulator and the rehearsal are two ways of one thing. */
export function SimulatorTabs({ value }: { value: (typeof PAGES)[number]['to'] }) {
  const translate = useTranslate();
  return (
    <Box component="nav" aria-label={translate('peyk.simulator.title')} sx={{ display: 'flex', gap: 1, mb: 2 }}>
      {PAGES.map(({ to, words }) => (
        <MuiButton
          key={to}
          component={LinkBase}
          to={to}
          size="small"
          variant={to === value ? 'contained' : 'outlined'}
          aria-current={to === value ? 'page' : undefined}
        >
          {translate(`peyk.rehearsal.${words}`)}
        </MuiButton>
      ))}
    </Box>
  );
}
