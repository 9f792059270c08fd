import Box from '@mui/material/Box';
import Typography from '@mui/material/Typography';
import { LocalesMenuButton, Login, LoginForm, useTranslate } from 'react-admin';

/** The language can be chosen before anything else is asked. */
export function SignInPage() {
  const translate = useTranslate();
  return (
    <Login sx={{ backgroundImage: 'linear-gradient(160deg, #134e4a, #042f2e)' }}>
      <Box sx={{ textAlign: 'center', px: 2 }}>
        <Typography component="h1" variant="h5">
          {translate('peyk.name')}
        </Typography>
        <Typography variant="body2" color="text.secondary">
          {translate('peyk.tagline')}
        </Typography>
      </Box>
      <LoginForm />
      <Box sx={{ textAlign: 'center', pb: 1.5 }}>
        <LocalesMenuButton />
      </Box>
    </Login>
  );
}
