import Typography from '@mui/material/Typography';
import { useEffect, useRef } from 'react';
import {
  AutocompleteInput,
  BooleanInput,
  maxValue,
  minValue,
  NumberInput,
  PasswordInput,
  required,
  SelectInput,
  TextInput,
  useLocation,
  useTranslate,
} from 'react-admin';
import { LanguageInput } from '../layout/LanguageInput.tsx';
import { ClockInput, OpeningHoursInput } from './OpeningHoursInput.tsx';

const MUST = required();
const ZONES = Intl.supportedValuesOf('timeZone').map((id) => ({ id, name: id }));
const PROVIDERS = ['builtin', 'openai', 'deepseek', 'openrouter', 'vercel_gateway', 'compatible'].map((id) => ({
  id,
  name: `peyk.provider.${id}`,
}));
const WAIT = [minValue(0), maxValue(60_000, 'peyk.own_settings.wait_too_long')];
const toSeconds = (ms: number | null | undefined) => (ms == null ? ms : ms / 1000);
/** What is emptied is null. */
const toMilliseconds = (seconds: string) => (seconds === '' ? null : Math.round(Number(seconds) * 1000));
const HOURS = [minValue(0.01), maxValue(8760)];
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
      <Heading words="hours" />
      <OpeningHoursInput />
      <Heading words="replies" />
      <BooleanInput source="assignTickets" />
      <NumberInput
        source="debounceMs"
        validate={WAIT}
        format={toSeconds}
        parse={toMilliseconds}
        step={0.5}
        helperText={hint('debounce_hint')}
      />
      <NumberInput source="takeoverHours" validate={HOURS} helperText={hint('takeover_hint')} />
      <Heading words="reminders" />
      <BooleanInput source="followUpEnabled" />
      <NumberInput source="followUpDelayHours" validate={HOURS} />
      <TextInput source="followUpMessage" multiline fullWidth helperText={hint('message_hint')} slotProps={AUTO} />
      <ClockInput source="quietHoursStart" fullWidth />
      <ClockInput source="quietHoursEnd" fullWidth helperText={hint('quiet_hint')} />
      <Heading words="ai" />
      <BooleanInput source="aiEnabled" />
      <TextInput
        source="prompt"
        multiline
        minRows={3}
        fullWidth
        helperText="peyk.settings.prompt_hint"
        slotProps={AUTO}
      />
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

/** A link from elsewhere names a part of the form (`?part=`), which is then brought into sight. */
function Heading({ words }: { words: string }) {
  const translate = useTranslate();
  const { search } = useLocation();
  const element = useRef<HTMLHeadingElement>(null);
  const isWanted = new URLSearchParams(search).get('part') === words;
  useEffect(() => {
    if (isWanted) element.current?.scrollIntoView({ block: 'start' });
  }, [isWanted]);
  return (
    <Typography ref={element} variant="h6" component="h2" sx={{ mt: 1, mb: 1, scrollMarginTop: 64 }}>
      {translate(`peyk.own_settings.${words}`)}
    </Typography>
  );
}
