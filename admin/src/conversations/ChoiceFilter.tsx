import MenuItem from '@mui/material/MenuItem';
import TextField from '@mui/material/TextField';
import { useTranslate } from 'react-admin';

interface ChoiceFilterProps {
  label: string;
  options: readonly { value: string; text: string }[];
  /** Empty: all of them. */
  value: string;
  onChange: (value: string) => void;
}

/** One choice out of a few, or all. */
export function ChoiceFilter({ label, options, value, onChange }: ChoiceFilterProps) {
  const translate = useTranslate();
  // What was saved may be gone by now; the field would complain about a value that it does not have.
  const isKnown = value === '' || options.some((option) => option.value === value);
  return (
    <TextField
      select
      size="small"
      margin="none"
      label={label}
      value={value}
      onChange={(event) => onChange(event.target.value)}
      slotProps={{ inputLabel: { shrink: true }, select: { displayEmpty: true } }}
    >
      <MenuItem value="">{translate('peyk.inbox.any')}</MenuItem>
      {options.map((option) => (
        <MenuItem key={option.value} value={option.value}>
          <bdi>{option.text}</bdi>
        </MenuItem>
      ))}
      {!isKnown && (
        <MenuItem value={value}>
          <bdi>{value}</bdi>
        </MenuItem>
      )}
    </TextField>
  );
}
