import Box from '@mui/material/Box';
import Typography from '@mui/material/Typography';
import { FormDataConsumer, PasswordInput, TextInput, useLocale, useTranslate } from 'react-admin';
import type { ChannelListing, CredentialField } from '../../../src/channels/channel-rules.ts';
import { useChannels } from '../channels/use-channels.ts';
import { isConnectable, isFieldMissing } from './account-credentials.ts';
import { OurAddress } from './OurAddress.tsx';

interface CredentialInputsProps {
  /** The account has been connected before: what is stored stays where nothing is entered. */
  isKnown?: boolean;
}

/** What the chosen channel asks for, step by step. What is stored is never read back, so the fields begin empty. */
export function CredentialInputs({ isKnown = false }: CredentialInputsProps) {
  const channels = useChannels();
  return (
    <FormDataConsumer>
      {({ formData }) => {
        const channel = channels.find(({ name }) => name === formData.channel);
        return channel && isConnectable(channel) ? (
          <Steps key={channel.name} channel={channel} isKnown={isKnown} />
        ) : null;
      }}
    </FormDataConsumer>
  );
}

function Steps({ channel, isKnown }: { channel: ChannelListing; isKnown: boolean }) {
  const translate = useTranslate();
  const language = useLocale() === 'fa' ? 'fa' : 'en';
  const { credentialFields: fields, setUp, mayShareKeys, isOn } = channel;
  const unnamed = fields.filter(({ name }) => setUp.every(({ field }) => field !== name));
  const input = (field: CredentialField) => (
    <CredentialInput key={field.name} field={field} fields={fields} mayBeEmpty={isKnown || mayShareKeys} />
  );
  return (
    <>
      <Typography variant="h6" component="h2">
        {translate('peyk.account.credentials')}
      </Typography>
      <Typography variant="body2" color="text.secondary" sx={{ mb: 1 }}>
        {translate(`peyk.account.${isKnown ? 'reconnect_hint' : 'credentials_hint'}`)}{' '}
        {!isKnown && mayShareKeys && translate('peyk.account.shared_hint')}{' '}
        {!isOn && translate('peyk.account.channel_off')}
      </Typography>
      <Box
        component="ol"
        sx={{
          width: '100%',
          m: 0,
          mb: 1,
          paddingInlineStart: 3,
          listStyleType: language === 'fa' ? 'persian' : 'decimal',
        }}
      >
        {setUp.map((step) => (
          <Box component="li" key={step.text.en} sx={{ mb: 1 }}>
            <Typography variant="body2" sx={{ mb: 1 }}>
              {step.text[language]}
            </Typography>
            {step.copyPath && <OurAddress path={step.copyPath} />}
            {fields.filter(({ name }) => name === step.field).map(input)}
          </Box>
        ))}
      </Box>
      {unnamed.map(input)}
    </>
  );
}

interface CredentialInputProps {
  field: CredentialField;
  fields: readonly CredentialField[];
  mayBeEmpty: boolean;
}

function CredentialInput({ field, fields, mayBeEmpty }: CredentialInputProps) {
  const language = useLocale() === 'fa' ? 'fa' : 'en';
  const { name, label, isSecret } = field;
  const Input = isSecret ? PasswordInput : TextInput;
  const validate = (_: unknown, { credentials }: Record<string, Record<string, unknown> | null>) =>
    isFieldMissing(field, credentials, mayBeEmpty, fields) ? 'ra.validation.required' : undefined;
  return (
    <Input
      source={`credentials.${name}`}
      label={label[language]}
      validate={validate}
      isRequired={field.isRequired && !mayBeEmpty}
      fullWidth
      autoComplete={isSecret ? 'new-password' : 'off'}
      slotProps={{ htmlInput: { dir: 'ltr' } }}
    />
  );
}
