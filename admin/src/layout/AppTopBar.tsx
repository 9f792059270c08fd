import Typography from '@mui/material/Typography';
import useMediaQuery from '@mui/material/useMediaQuery';
import { AppBar, UserMenu } from 'react-admin';

/** The framework's bar, with the title of the page as its heading, and a person's menu that is called what it shows. */
export function AppTopBar() {
  const isPhone = useMediaQuery('(max-width: 599px)');
  // On a wide screen the button shows the name; only the bare icon of a phone needs a label.
  return (
    <AppBar userMenu={<UserMenu label={isPhone ? 'ra.auth.user_menu' : ''} />}>
      <Typography component="h1" variant="h6" color="inherit" id="react-admin-title" noWrap sx={{ flex: 1 }} />
    </AppBar>
  );
}
