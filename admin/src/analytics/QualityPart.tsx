import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Typography from '@mui/material/Typography';
import { LinkBase, useLocale, useTranslate } from 'react-admin';
import { formatShare, formatSpan } from '../fields/amounts.ts';
import { formatNumber } from '../fields/moment.ts';
import { Line, Section } from '../pages/Section.tsx';
import type { Quality } from './analytics.ts';
import { CountedList } from './CountedList.tsx';

const SHARES = ['answered', 'corrected', 'escalated', 'unanswered', 'undelivered', 'repeated'] as const;
/** Of these nobody has to know more than their number. */
const NOT_JUDGED = new Set(['courtesy', 'silent']);

/** How well the bot did, and in plain words what drags it down. */
export function QualityPart({ quality }: { quality: Quality }) {
  const translate = useTranslate();
  const locale = useLocale() ?? 'en';
  const of = (count: number) => `${formatNumber(count, locale)} (${formatShare(count, quality.turns, locale)})`;
  const judged = quality.results.filter(({ key }) => !NOT_JUDGED.has(key));
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
        {SHARES.map((name) => (
          <Line key={name} label={label(name)}>
            {of(quality[name])}
          </Line>
        ))}
        <Line label={label('courtesies')}>{formatNumber(quality.courtesies, locale)}</Line>
        <Line label={label('reply_p95')}>
          {quality.reply.p95Ms === null ? '—' : formatSpan(quality.reply.p95Ms, locale)}
        </Line>
      </Section>
      <Section title="analytics.results">
        <CountedList rows={judged} words="turn_result" max={judged.length} />
      </Section>
      <Section title="analytics.handed_over_why">
        <CountedList rows={quality.handedOverWhy} words="ticket_reason" />
      </Section>
      <Section
        title="analytics.unanswered_questions"
        aside={
          <Button component={LinkBase} to="/unanswered" size="small">
            {label('write_answers')}
          </Button>
        }
      >
        <CountedList rows={quality.unansweredQuestions} />
      </Section>
    </>
  );
}
