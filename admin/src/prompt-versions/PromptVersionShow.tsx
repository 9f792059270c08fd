import Box from '@mui/material/Box';
import MuiButton from '@mui/material/Button';
import MenuItem from '@mui/material/MenuItem';
import TextField from '@mui/material/TextField';
import { useState } from 'react';
import { LinkBase, ShowBase, useRecordContext, useTranslate } from 'react-admin';
import { DiffText } from '../diff/DiffText.tsx';
import { WordChip } from '../fields/WordChip.tsx';
import { ActionButton } from '../layout/ActionButton.tsx';
import { Page } from '../pages/Page.tsx';
import { Section } from '../pages/Section.tsx';
import { useOperator } from '../providers/use-operator.ts';
import { TestSetTrial } from '../test-set/TestSetTrial.tsx';
import { type AnyVersion, type PromptVersion, useVersions } from './prompt-version.ts';

export default function PromptVersionShow() {
  return (
    <ShowBase>
      <VersionPage />
    </ShowBase>
  );
}

function VersionPage() {
  const version = useRecordContext<PromptVersion>();
  const versions = useVersions();
  if (!version || !versions) return null;
  const others = versions.filter((other) => other.version !== version.version);
  return (
    <Page
      title="versions.title"
      maxWidth={1000}
      intro={
        <>
          <bdi>{version.version}</bdi> <WordChip words="versions.state" value={version.state} />{' '}
          <bdi>{version.note}</bdi>
        </>
      }
    >
      <VersionButtons version={version} />
      {others.length > 0 && <Comparison version={version} others={others} />}
    </Page>
  );
}

function VersionButtons({ version }: { version: PromptVersion }) {
  const translate = useTranslate();
  const operator = useOperator();
  const { id, state } = version;
  return (
    <Box sx={{ display: 'flex', flexWrap: 'wrap', gap: 1, mb: 2 }}>
      {state === 'published' ? (
        <ActionButton
          action="withdraw"
          done="withdrawn"
          confirm="withdraw"
          color="warning"
          run={() => operator.withdrawPrompt(id)}
        />
      ) : (
        <ActionButton
          action="publish"
          done="published"
          confirm="publish"
          choice={<TestSetTrial candidate={{ promptVersionId: String(id), withModel: true }} />}
          variant="contained"
          run={() => operator.publishPrompt(id)}
        />
      )}
      <MuiButton size="small" variant="outlined" component={LinkBase} to={`/reruns/create?prompt=${version.version}`}>
        {translate('peyk.action.try_it')}
      </MuiButton>
      {state === 'draft' && (
        <MuiButton size="small" variant="outlined" component={LinkBase} to={`/prompt-versions/${id}`}>
          {translate('peyk.action.edit_draft')}
        </MuiButton>
      )}
      <MuiButton
        size="small"
        variant="outlined"
        component={LinkBase}
        to={`/prompt-versions/create?basedOn=${version.version}`}
      >
        {translate('peyk.action.new_version')}
      </MuiButton>
    </Box>
  );
}

/** What differs from another version, in each language; at first from the one that it was made of or that is in use. */
function Comparison({ version, others }: { version: PromptVersion; others: AnyVersion[] }) {
  const translate = useTranslate();
  const [chosen, setChosen] = useState<string | null>(null);
  const release = version.version.split('.')[0];
  const first = others.find(({ isInUse }) => isInUse) ?? others.find((other) => other.version === release);
  const other = others.find((one) => one.version === chosen) ?? first ?? (others[0] as AnyVersion);
  return (
    <Box sx={{ display: 'grid', gap: 2 }}>
      <TextField
        select
        label={translate('peyk.versions.compare_with')}
        value={other.version}
        onChange={(event) => setChosen(event.target.value)}
        margin="none"
        size="small"
        sx={{ maxWidth: 320 }}
      >
        {others.map((one) => (
          <MenuItem key={one.version} value={one.version}>
            {one.isRelease ? translate('peyk.versions.release', { version: one.version }) : one.version}
          </MenuItem>
        ))}
      </TextField>
      {(['fa', 'en'] as const).map((language) => (
        <Section key={language} title={`versions.${language}`}>
          {other[language] === version[language] ? <p>{translate('peyk.versions.no_difference')}</p> : null}
          <Box dir={language === 'fa' ? 'rtl' : 'ltr'} sx={{ fontSize: 14, lineHeight: 1.8 }}>
            <DiffText before={other[language]} after={version[language]} side="both" />
          </Box>
        </Section>
      ))}
    </Box>
  );
}
