import Box from '@mui/material/Box';
import type { Theme } from '@mui/material/styles';
import Typography from '@mui/material/Typography';
import useMediaQuery from '@mui/material/useMediaQuery';
import { AppBar, Button, Logout, ToggleThemeButton, UserMenu, useLocaleState, useLocales } from 'react-admin';
import { PasswordMenuItem } from '../password/PasswordMenuItem.tsx';
import { PlaceTabs } from '../places/PlaceTabs.tsx';

/** The other language in two letters: there is no room for its name beside the title. */
function LanguageSwitch() {
  const [locale, setLocale] = useLocaleState();
  const other = useLocales().find((language) => language.locale !== locale);
  if (!other) return null;
  const short = other.name.slice(0, 2);
  // Whoever says the two letters aloud must hit the button too.
  return (
    <Button
      color="inherit"
      aria-label={`${short}, ${other.name}`}
      onClick={() => setLocale(other.locale)}
      sx={{ minWidth: 44, minHeight: 44, fontSize: '0.9rem' }}
    >
      <span lang={other.locale}>{short}</span>
    </Button>
  );
}

/** The framework's bar, with the title of the page as its heading, the screens of the place, and a person's menu that is called what it shows. */
export function AppTopBar() {
  const isPhone = useMediaQuery('(max-width: 599px)');
  const isDesk = useMediaQuery<Theme>((theme) => theme.breakpoints.up('md'));
  const tools = (
    <>
      <LanguageSwitch />
      <ToggleThemeButton />
    </>
  );
  // On a wide screen the button shows the name; only the bare icon of a phone needs a label.
  const userMenu = (
    <UserMenu label={isPhone ? 'ra.auth.user_menu' : ''}>
      <PasswordMenuItem />
      <Logout />
    </UserMenu>
  );
  return (
    <AppBar userMenu={userMenu} {...(isPhone ? { toolbar: tools } : {})}>
      <Typography
        component="h1"
        variant="h6"
        color="inherit"
        id="react-admin-title"
        noWrap
        sx={{ flex: isDesk ? '0 1 auto' : 1, minWidth: 0, fontSize: { xs: '1rem', sm: '1.125rem' } }}
      />
      {isDesk && (
        <Box sx={{ flex: '1 1 0', minWidth: 'min(55%, 640px)', mx: 2, display: 'flex' }}>
          <PlaceTabs />
        </Box>
      )}
    </AppBar>
  );
}
