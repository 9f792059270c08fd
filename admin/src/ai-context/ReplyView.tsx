import Box from '@mui/material/Box';
import Chip from '@mui/material/Chip';
import Typography from '@mui/material/Typography';
import { useTranslate } from 'react-admin';
import type { OutboundContent } from '../../../src/text/message.ts';
import { ContentParts } from '../chat/ContentParts.tsx';
import { Section } from '../pages/Section.tsx';

export interface SimulatedReply {
  proposal?: { text: string; action: string; intent: string; purchaseIntent: boolean };
  promptName?: string;
  promptVersion?: string;
  checks?: { name: string; passed: boolean }[];
  replaced?: boolean;
  /** Cards or buttons, where the answer is more than its text. */
  contents?: OutboundContent[];
}

export function ReplyView({ reply }: { reply: SimulatedReply }) {
  const translate = useTranslate();
  const { proposal, checks = [] } = reply;
  if (!proposal) return null;
  return (
    <Box sx={{ mb: 2 }}>
      <Section title="ai.reply">
        <Typography dir="auto" sx={{ whiteSpace: 'pre-wrap', overflowWrap: 'anywhere', mb: 1 }} data-testid="reply">
          {proposal.text}
        </Typography>
        {reply.contents?.map((content, index) => (
          // Parts of an answer have no ids, and never change their places.
          <ContentParts key={index.toString()} content={content} />
        ))}
        <Box sx={{ display: 'flex', gap: 0.5, flexWrap: 'wrap', mt: 1 }}>
          <Chip size="small" label={translate(`peyk.outcome.${proposal.action}`, { _: proposal.action })} />
          <Chip size="small" label={translate(`peyk.intent.${proposal.intent}`, { _: proposal.intent })} />
          <Chip
            size="small"
            variant="outlined"
            label={`${translate(`peyk.prompt_name.${reply.promptName}`, { _: reply.promptName ?? '' })} ${reply.promptVersion ?? ''}`}
          />
          {checks.map((check, index) => (
            <Chip
              key={`${check.name}-${index.toString()}`}
              size="small"
              variant="outlined"
              color={check.passed ? 'success' : 'error'}
              label={translate(`peyk.check.${check.name}`, { _: check.name })}
            />
          ))}
        </Box>
        {reply.replaced && (
          <Typography variant="body2" color="error" sx={{ mt: 1 }}>
            {translate('peyk.why.says.replaced')}
          </Typography>
        )}
      </Section>
    </Box>
  );
}
