import {
  ArrayInput,
  required,
  SelectInput,
  SimpleFormIterator,
  TextInput,
  type TextInputProps,
  useLocale,
} from 'react-admin';
import { weekdayChoices } from './settings.ts';

const MUST = required();

/** A time of the day as the browser asks for it, without a day and a zone. */
export function ClockInput(props: TextInputProps) {
  return <TextInput {...props} type="time" slotProps={{ inputLabel: { shrink: true }, htmlInput: { dir: 'ltr' } }} />;
}

/** The times at which the shop is open; a day may have several, and one without any is closed. */
export function OpeningHoursInput() {
  const days = weekdayChoices(useLocale() ?? 'en');
  return (
    <ArrayInput source="businessHours" label={false} helperText="peyk.own_settings.hours_hint">
      <SimpleFormIterator inline disableReordering fullWidth>
        <SelectInput source="weekday" choices={days} translateChoice={false} validate={MUST} helperText={false} />
        <ClockInput source="from" defaultValue="09:00" validate={MUST} helperText={false} />
        <ClockInput source="to" defaultValue="18:00" validate={[MUST, isAfterBeginning]} helperText={false} />
      </SimpleFormIterator>
    </ArrayInput>
  );
}

/** Given the whole form, so its own row is found by its name. */
function isAfterBeginning(to: unknown, form: Record<string, unknown>, { finalSource }: { finalSource?: string }) {
  const rows = form.businessHours as { from?: string }[] | undefined;
  const from = rows?.[Number(/\.(\d+)\./.exec(finalSource ?? '')?.[1])]?.from;
  return typeof to === 'string' && from && to <= from ? 'peyk.errors.hours_order' : undefined;
}
