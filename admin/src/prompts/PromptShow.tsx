import Box from '@mui/material/Box';
import MuiButton from '@mui/material/Button';
import { LinkBase, ShowBase, useRecordContext, useTranslate } from 'react-admin';
import { Word } from '../fields/Word.tsx';
import { Page } from '../pages/Page.tsx';
import { Section } from '../pages/Section.tsx';
import { EDITABLE } from '../prompt-versions/prompt-version.ts';
import { PromptState } from './PromptList.tsx';
import type { Prompt } from './prompt.ts';

export default function PromptShow() {
  return (
    <ShowBase>
      <PromptPage />
    </ShowBase>
  );
}

function PromptPage() {
  const translate = useTranslate();
  const prompt = useRecordContext<Prompt>();
  if (!prompt) return null;
  return (
    <Page
      title="prompts.title"
      intro={
        <>
          <Word words="prompt_name" value={prompt.name} /> · <bdi>{prompt.version}</bdi> ·{' '}
          <Word words="language" value={prompt.language} />{' '}
          <PromptState prompt={prompt} />
        </>
      }
      maxWidth={900}
    >
      {prompt.name === EDITABLE && prompt.kind === 'prompt' && (
        <MuiButton
          variant="outlined"
          component={LinkBase}
          to={`/prompt-versions/create?basedOn=${prompt.version}`}
          sx={{ mb: 2 }}
        >
          {translate('peyk.action.new_version')}
        </MuiButton>
      )}
      <Section title="prompts.body">
        <Box component="pre" dir="auto" sx={{ whiteSpace: 'pre-wrap', overflowWrap: 'anywhere', m: 0, fontSize: 14 }}>
          {prompt.body}
        </Box>
      </Section>
    </Page>
  );
}
