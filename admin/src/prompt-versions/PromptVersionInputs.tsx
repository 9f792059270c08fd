import Typography from '@mui/material/Typography';
import { required, TextInput, useTranslate } from 'react-admin';

const MUST = required();
const MONOSPACE = { '& textarea': { fontSize: 14, lineHeight: 1.7 } };

/** A template in both languages, and why it was made. */
export function PromptVersionInputs() {
  const translate = useTranslate();
  return (
    <>
      <TextInput source="note" fullWidth slotProps={{ htmlInput: { dir: 'auto', maxLength: 500 } }} />
      <Typography variant="body2" color="text.secondary" sx={{ mb: 1 }}>
        {translate('peyk.versions.hint')}
      </Typography>
      <Template source="fa" dir="rtl" />
      <Template source="en" dir="ltr" />
    </>
  );
}

function Template({ source, dir }: { source: string; dir: string }) {
  return (
    <TextInput
      source={source}
      validate={MUST}
      fullWidth
      multiline
      minRows={8}
      maxRows={24}
      sx={MONOSPACE}
      slotProps={{ htmlInput: { dir } }}
    />
  );
}
