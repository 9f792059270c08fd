import Box from '@mui/material/Box';
import Typography from '@mui/material/Typography';
import { useLocale, useTranslate } from 'react-admin';
import { formatShare, formatSpan } from '../fields/amounts.ts';
import { formatNumber } from '../fields/moment.ts';
import { Line, Section } from '../pages/Section.tsx';
import type { Quality } from './analytics.ts';
import { CountedList } from './CountedList.tsx';

/** How well the bot did, and in plain words what drags it down. */
export function QualityPart({ quality }: { quality: Quality }) {
  const translate = useTranslate();
  const locale = useLocale() ?? 'en';
  const of = (count: number) => `${formatNumber(count, locale)} (${formatShare(count, quality.turns, locale)})`;
  const label = (name: string) => translate(`peyk.analytics.${name}`);
  return (
    <>
      <Section title="analytics.quality">
        <Typography variant="h3" component="p" sx={{ mb: 1 }}>
          {quality.score === null ? '—' : formatNumber(quality.score, locale)}
          <Typography component="span" color="text.secondary">
            {' '}
            {label(quality.score === null ? 'too_little' : 'of_100')}
          </Typography>
        </Typography>
        <Box component="ul" sx={{ m: 0, mb: 2, paddingInlineStart: 2.5 }}>
          {quality.faults.map(({ fault, share, points }) => (
            <li key={fault}>
              {translate(`peyk.quality_fault.${fault}`, {
                share: formatShare(share, 1, locale),
                points: formatNumber(points, locale),
              })}
            </li>
          ))}
        </Box>
        <Line label={label('turns')}>{formatNumber(quality.turns, locale)}</Line>
        <Line label={label('answered')}>{of(quality.answered)}</Line>
        <Line label={label('escalated')}>{of(quality.escalated)}</Line>
        <Line label={label('unanswered')}>{of(quality.unanswered)}</Line>
        <Line label={label('repeated')}>{of(quality.repeated)}</Line>
        <Line label={label('reply_p95')}>
          {quality.reply.p95Ms === null ? '—' : formatSpan(quality.reply.p95Ms, locale)}
        </Line>
      </Section>
      <Section title="analytics.unanswered_questions">
        <CountedList rows={quality.unansweredQuestions} />
      </Section>
    </>
  );
}
