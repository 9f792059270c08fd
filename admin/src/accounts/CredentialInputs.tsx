import Typography from '@mui/material/Typography';
import { FormDataConsumer, PasswordInput, TextInput, useTranslate } from 'react-admin';
import { CREDENTIAL_FIELDS, isConnectable } from './account-credentials.ts';

/** The fields of the chosen channel. What is stored is never read back, so they begin empty. */
export function CredentialInputs({ hint }: { hint: string }) {
  return (
    <FormDataConsumer>{({ formData }) => <ChannelInputs channel={formData.channel} hint={hint} />}</FormDataConsumer>
  );
}

function ChannelInputs({ channel, hint }: { channel: unknown; hint: string }) {
  const translate = useTranslate();
  if (!isConnectable(channel)) return null;
  return (
    <>
      <Typography variant="h6" component="h2">
        {translate('peyk.account.credentials')}
      </Typography>
      <Typography variant="body2" color="text.secondary" sx={{ mb: 1 }}>
        {translate(`peyk.account.${hint}`)} {channel === 'directam' && translate('peyk.account.directam_hint')}
        {channel === 'sms' && translate('peyk.account.twilio_sender')}
      </Typography>
      {CREDENTIAL_FIELDS[channel].map(({ name, isSecret }) => {
        const Input = isSecret ? PasswordInput : TextInput;
        const source = `credentials.${name}`;
        return (
          <Input
            key={source}
            source={source}
            fullWidth
            autoComplete={isSecret ? 'new-password' : 'off'}
            slotProps={{ htmlInput: { dir: 'ltr' } }}
          />
        );
      })}
    </>
  );
}
