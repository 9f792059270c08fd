import LinearProgress from '@mui/material/LinearProgress';
import MuiTypography from '@mui/material/Typography';
import { Create, SimpleForm, useLocation, useTranslate } from 'react-admin';
import { PromptVersionInputs } from './PromptVersionInputs.tsx';
import { EDITABLE, useVersions } from './prompt-version.ts';

/** A new version, which begins as the one that it is made of: that of the address, else the one in use. */
export default function PromptVersionCreate() {
  const translate = useTranslate();
  const parameters = new URLSearchParams(useLocation().search);
  const versions = useVersions();
  if (!versions) return <LinearProgress aria-label={translate('ra.page.loading')} />;
  const named = versions.find(({ version }) => version === parameters.get('basedOn'));
  const base = named ?? versions.find(({ isInUse }) => isInUse);
  if (!base) return null;
  const { version, fa, en } = base;
  return (
    <Create
      redirect="show"
      sx={{ maxWidth: 900 }}
      transform={(data: object) => ({ ...data, name: EDITABLE, basedOn: version })}
    >
      <SimpleForm defaultValues={{ fa, en, note: '' }}>
        <MuiTypography sx={{ mb: 2 }}>{translate('peyk.versions.based_on', { version })}</MuiTypography>
        <PromptVersionInputs />
      </SimpleForm>
    </Create>
  );
}
