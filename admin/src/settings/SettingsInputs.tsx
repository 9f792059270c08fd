import Typography from '@mui/material/Typography';
import {
  AutocompleteInput,
  BooleanInput,
  maxValue,
  minValue,
  NumberInput,
  PasswordInput,
  regex,
  required,
  SelectInput,
  TextInput,
  useTranslate,
} from 'react-admin';
import { LanguageInput } from '../layout/LanguageInput.tsx';
import { readHours } from './settings.ts';

const MUST = required();
const ZONES = Intl.supportedValuesOf('timeZone').map((id) => ({ id, name: id }));
const TIME = regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'ra.validation.regex');
const PROVIDERS = ['builtin', 'openai', 'deepseek', 'openrouter', 'vercel_gateway', 'compatible'].map((id) => ({
  id,
  name: `peyk.provider.${id}`,
}));
const MILLISECONDS = [minValue(0), maxValue(60_000)];
const HOURS = [minValue(0.01), maxValue(8760)];
const areHours = (text: string | null | undefined) =>
  text && readHours(text) === null ? 'peyk.own_settings.hours_wrong' : undefined;
const LTR = { htmlInput: { dir: 'ltr' } };
const AUTO = { htmlInput: { dir: 'auto' } };

export function SettingsInputs({ hasAiKey }: { hasAiKey: boolean }) {
  const hint = (key: string) => `peyk.own_settings.${key}`;
  return (
    <>
      <Heading words="shop" />
      <TextInput source="name" validate={MUST} fullWidth slotProps={AUTO} />
      <LanguageInput source="language" validate={MUST} />
      <AutocompleteInput source="timeZone" choices={ZONES} validate={MUST} translateChoice={false} fullWidth />
      <TextInput
        source="hoursText"
        multiline
        fullWidth
        validate={areHours}
        helperText={hint('day_hint')}
        slotProps={LTR}
      />
      <Heading words="replies" />
      <NumberInput source="debounceMs" validate={MILLISECONDS} helperText={hint('debounce_hint')} />
      <NumberInput source="takeoverHours" validate={HOURS} helperText={hint('takeover_hint')} />
      <Heading words="reminders" />
      <BooleanInput source="followUpEnabled" />
      <NumberInput source="followUpDelayHours" validate={HOURS} />
      <TextInput source="followUpMessage" multiline fullWidth helperText={hint('message_hint')} slotProps={AUTO} />
      <TextInput source="quietHoursStart" validate={TIME} slotProps={LTR} />
      <TextInput source="quietHoursEnd" validate={TIME} helperText={hint('quiet_hint')} slotProps={LTR} />
      <Heading words="ai" />
      <BooleanInput source="aiEnabled" />
      <SelectInput source="aiProvider" choices={PROVIDERS} />
      <TextInput source="aiModel" slotProps={LTR} />
      <PasswordInput
        source="aiKey"
        autoComplete="new-password"
        fullWidth
        helperText={hint(hasAiKey ? 'key_stored' : 'key_missing')}
        slotProps={LTR}
      />
    </>
  );
}

function Heading({ words }: { words: string }) {
  const translate = useTranslate();
  return (
    <Typography variant="h6" component="h2" sx={{ mt: 1, mb: 1 }}>
      {translate(`peyk.own_settings.${words}`)}
    </Typography>
  );
}
