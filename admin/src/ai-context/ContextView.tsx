import Box from '@mui/material/Box';
import Typography from '@mui/material/Typography';
import { useLocale, useTranslate } from 'react-admin';
import { formatNumber } from '../fields/moment.ts';
import { Line, Section } from '../pages/Section.tsx';

/** What a model is given, as far as this page knows its parts; the whole stands below. */
export interface AiContext {
  businessName?: string;
  businessPrompt?: string;
  language?: string;
  transcript?: { author: string; text: string }[];
  faqs?: { question: string; answer: string }[];
  facts?: unknown[];
  maxReplyBytes?: number;
}

export function ContextView({ context }: { context: AiContext }) {
  const translate = useTranslate();
  const locale = useLocale() ?? 'en';
  const t = (words: string) => translate(`peyk.ai.${words}`);
  const { transcript = [], faqs = [], facts = [] } = context;
  return (
    <Section title="ai.context">
      <Line label={t('shop')}>
        <bdi>{context.businessName}</bdi>
      </Line>
      <Line label={t('instructions')}>
        <span dir="auto">{context.businessPrompt || t('no_instructions')}</span>
      </Line>
      <Line label={t('language')}>{translate(`peyk.language.${context.language}`, { _: context.language ?? '' })}</Line>
      <Line label={t('faqs')}>{formatNumber(faqs.length, locale)}</Line>
      <Line label={t('facts')}>{formatNumber(facts.length, locale)}</Line>
      {context.maxReplyBytes !== undefined && (
        <Typography variant="body2" color="text.secondary">
          {translate('peyk.ai.limit', { count: context.maxReplyBytes })}
        </Typography>
      )}
      <Typography variant="subtitle1" component="h3" sx={{ mt: 2 }}>
        {t('transcript')}
      </Typography>
      {transcript.map((line, index) => (
        // Lines have no ids, and never change their places.
        <Box key={index.toString()} sx={{ display: 'flex', gap: 1, py: 0.25 }}>
          <Typography variant="body2" color="text.secondary" sx={{ minWidth: 80 }}>
            {translate(line.author === 'customer' ? 'peyk.author.customer' : 'peyk.ai.shop')}
          </Typography>
          <Typography variant="body2" dir="auto" sx={{ flex: 1, overflowWrap: 'anywhere' }}>
            {line.text}
          </Typography>
        </Box>
      ))}
      <Box component="details" sx={{ mt: 2 }}>
        <Typography component="summary" variant="body2" sx={{ cursor: 'pointer' }}>
          {t('raw')}
        </Typography>
        <Box component="pre" dir="ltr" sx={{ fontSize: 12, whiteSpace: 'pre-wrap', overflowWrap: 'anywhere' }}>
          {JSON.stringify(context, null, 2)}
        </Box>
      </Box>
    </Section>
  );
}
