import CheckIcon from '@mui/icons-material/CheckCircleOutlined';
import CrossIcon from '@mui/icons-material/HighlightOff';
import Box from '@mui/material/Box';
import Typography from '@mui/material/Typography';
import { Link, useLocale, useTranslate } from 'react-admin';
import { formatCost, formatSpan } from '../fields/amounts.ts';
import { Moment } from '../fields/Moment.tsx';
import { Word } from '../fields/Word.tsx';
import { WordChip } from '../fields/WordChip.tsx';
import { SettleButtons } from '../outbound-messages/SettleButtons.tsx';
import { Line, Section } from '../pages/Section.tsx';
import { Words } from './WhyParts.tsx';
import { type Send, splitLatency, type Why } from './why.ts';

interface PartProps {
  why: Why;
}

export function ProofPart({ why }: PartProps) {
  const translate = useTranslate();
  return (
    <Section title="why.proof">
      {why.sends.length === 0 && <Typography variant="body2">{translate('peyk.why.no_sends')}</Typography>}
      {why.sends.map((send) => (
        <SendProof key={send.id} send={send} />
      ))}
    </Section>
  );
}

function SendProof({ send }: { send: Send }) {
  const translate = useTranslate();
  return (
    <Box sx={{ mb: 2 }}>
      <Words text={send.text}>
        <WordChip words="outbound_state" value={send.state} /> <Word words="reason" value={send.reason} />
      </Words>
      <Line label={translate('peyk.why.began')}>
        <Moment at={send.sendingAt} />
      </Line>
      <Line label={translate('peyk.why.sent')}>
        <Moment at={send.sentAt} />
      </Line>
      <Line label={translate('peyk.why.external_id')}>
        <bdi>{send.externalId ?? '—'}</bdi>
        {send.httpStatus === null ? '' : ` · HTTP ${send.httpStatus}`}
      </Line>
      <Box sx={{ display: 'flex', gap: 1 }}>
        <SettleButtons outbound={send} />
      </Box>
    </Box>
  );
}

export function TimesPart({ why }: PartProps) {
  const translate = useTranslate();
  const locale = useLocale() ?? 'en';
  const stretches = splitLatency(why);
  const total = stretches.reduce((sum, { ms }) => sum + ms, 0);
  const modelMs = why.decision.usage.reduce((sum, { latencyMs }) => sum + latencyMs, 0);
  return (
    <Section title="why.times">
      {stretches.map(({ words, ms }) => (
        <Box key={words} sx={{ mb: 0.5 }}>
          <Line label={translate(`peyk.why.${words}`)}>{formatSpan(ms, locale)}</Line>
          <Box
            aria-hidden
            sx={{
              height: 6,
              borderRadius: 3,
              bgcolor: 'primary.main',
              width: `${total === 0 ? 0 : (ms / total) * 100}%`,
            }}
          />
        </Box>
      ))}
      {modelMs > 0 && <Line label={translate('peyk.why.model_time')}>{formatSpan(modelMs, locale)}</Line>}
      <Line label={translate('peyk.why.total')}>
        <strong>{formatSpan(total, locale)}</strong>
      </Line>
    </Section>
  );
}

export function ChecksPart({ why }: PartProps) {
  const translate = useTranslate();
  const { checks } = why.decision;
  return (
    <Section title="why.checks">
      {checks.length === 0 && <Typography variant="body2">{translate('peyk.why.no_checks')}</Typography>}
      {checks.map((check, index) => (
        // The same check may be made twice: before and after the repair.
        <Box key={`${check.name}-${index.toString()}`} sx={{ display: 'flex', gap: 1, alignItems: 'center', py: 0.25 }}>
          {check.passed ? <CheckIcon color="success" fontSize="small" /> : <CrossIcon color="error" fontSize="small" />}
          <Typography variant="body2">
            {translate(`peyk.check.${check.name}`, { _: check.name })}:{' '}
            {translate(`peyk.why.${check.passed ? 'passed' : 'failed'}`)} {check.note ? <bdi>({check.note})</bdi> : ''}
          </Typography>
        </Box>
      ))}
    </Section>
  );
}

export function CostPart({ why }: PartProps) {
  const translate = useTranslate();
  const locale = useLocale() ?? 'en';
  const { costMicros, inputTokens, outputTokens } = why.decision;
  return (
    <Section title="why.cost">
      <Typography variant="h6" component="p">
        {costMicros === 0 && inputTokens === 0 ? translate('peyk.why.free') : formatCost(costMicros, locale)}
      </Typography>
      <Typography variant="body2" color="text.secondary">
        {translate('peyk.why.tokens', { input: inputTokens, output: outputTokens })}
      </Typography>
    </Section>
  );
}

export function AfterPart({ why }: PartProps) {
  const translate = useTranslate();
  const { followUp, tickets } = why;
  if (!followUp && tickets.length === 0) return null;
  return (
    <Section title="why.after">
      {followUp && (
        <Line label={translate('peyk.why.follow_up')}>
          <WordChip words="follow_up_state" value={followUp.state} /> <Moment at={followUp.dueAt} />{' '}
          <Word words="reason" value={followUp.reason} />
        </Line>
      )}
      {tickets.map((ticket) => (
        <Line key={ticket.id} label={translate('peyk.why.ticket')}>
          <WordChip words="ticket_state" value={ticket.state} /> <Word words="ticket_reason" value={ticket.reason} />{' '}
          <Link to="/tickets">{translate('peyk.action.open')}</Link>
        </Line>
      ))}
    </Section>
  );
}
