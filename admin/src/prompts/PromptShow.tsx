import Box from '@mui/material/Box';
import { ShowBase, useRecordContext } from 'react-admin';
import { Page } from '../pages/Page.tsx';
import { Section } from '../pages/Section.tsx';
import { type Prompt, PromptState } from './PromptList.tsx';

export default function PromptShow() {
  return (
    <ShowBase>
      <PromptPage />
    </ShowBase>
  );
}

function PromptPage() {
  const prompt = useRecordContext<Prompt>();
  if (!prompt) return null;
  return (
    <Page
      title="prompts.body"
      intro={
        <>
          <bdi>
            {prompt.name} {prompt.version} {prompt.language}
          </bdi>{' '}
          <PromptState prompt={prompt} />
        </>
      }
      maxWidth={900}
    >
      <Section title="prompts.body">
        <Box component="pre" dir="auto" sx={{ whiteSpace: 'pre-wrap', overflowWrap: 'anywhere', m: 0, fontSize: 14 }}>
          {prompt.body}
        </Box>
      </Section>
    </Page>
  );
}
