import Alert from '@mui/material/Alert';
import MuiButton from '@mui/material/Button';
import { LinkBase, useLocation, useTranslate } from 'react-admin';
import { useRead } from '../pages/use-read.ts';

/** Asks, on every page, whoever has a password that somebody else made up to choose their own. */
export function PasswordNotice() {
  const translate = useTranslate();
  const { pathname } = useLocation();
  const { data } = useRead<{ mustChangePassword: boolean }>('/auth/me', { staleWith: 'me' });
  // The inbox fills the window, and the page itself needs no pointer to itself.
  if (!data?.mustChangePassword || pathname === '/password' || pathname.startsWith('/conversations')) return null;
  return (
    <Alert
      severity="warning"
      sx={{ mt: 1 }}
      action={
        <MuiButton component={LinkBase} to="/password" color="inherit" size="small">
          {translate('peyk.password.change')}
        </MuiButton>
      }
    >
      {translate('peyk.password.due')}
    </Alert>
  );
}
