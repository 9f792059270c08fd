import Box from '@mui/material/Box';
import Card from '@mui/material/Card';
import CardContent from '@mui/material/CardContent';
import Chip from '@mui/material/Chip';
import Typography from '@mui/material/Typography';
import type { ReactNode } from 'react';
import { Link, useLocale, useTranslate } from 'react-admin';
import type { RerunAnswer } from '../../../src/replies/reruns/rules.ts';
import { DiffText } from '../diff/DiffText.tsx';
import { formatCost, formatSpan } from '../fields/amounts.ts';
import { ModelName } from '../fields/ModelName.tsx';
import { Word } from '../fields/Word.tsx';
import type { RerunResult } from './rerun.ts';

const COLOURS = { same: 'default', wording: 'info', outcome: 'warning' } as const;

/** One turn: what the customer wrote, what was answered then, and what would be answered now. */
export function ResultCard({ result }: { result: RerunResult }) {
  const translate = useTranslate();
  const { before, after, difference } = result;
  const name = result.contactName || result.contactExternalId;
  return (
    <Card component="article" data-difference={difference}>
      <CardContent>
        <Box sx={{ display: 'flex', justifyContent: 'space-between', gap: 1, mb: 1 }}>
          <Typography variant="body2" color="text.secondary">
            {translate('peyk.reruns.customer')}: <bdi>{name}</bdi>
          </Typography>
          {difference !== '' && (
            <Chip
              size="small"
              variant="outlined"
              color={COLOURS[difference]}
              label={translate(`peyk.reruns.difference.${difference}`)}
            />
          )}
        </Box>
        <Typography
          component="h2"
          dir="auto"
          sx={{ whiteSpace: 'pre-wrap', overflowWrap: 'anywhere', mb: 2, fontWeight: 600 }}
        >
          {result.question}
        </Typography>
        <Box sx={{ display: 'grid', gap: 2, gridTemplateColumns: { md: '1fr 1fr' } }}>
          <Side title="before" answer={before}>
            <DiffText before={before.text} after={after?.text ?? before.text} side="before" />
          </Side>
          {after ? (
            <Side title="after" answer={after}>
              <DiffText before={before.text} after={after.text} side="after" />
            </Side>
          ) : (
            <Typography color="text.secondary">
              {result.state === 'failed'
                ? translate('peyk.reruns.no_answer', { reason: result.reason })
                : translate('peyk.reruns.waiting')}
            </Typography>
          )}
        </Box>
        <Box sx={{ mt: 1 }}>
          <Link to={`/conversations/${result.conversationId}/show`}>{translate('peyk.action.open_conversation')}</Link>
        </Box>
      </CardContent>
    </Card>
  );
}

interface SideProps {
  title: 'before' | 'after';
  answer: RerunAnswer;
  children: ReactNode;
}

function Side({ title, answer, children }: SideProps) {
  const translate = useTranslate();
  const locale = useLocale();
  const failed = answer.checks.filter(({ passed }) => !passed).map(({ name }) => name);
  const cost = answer.costMicros === null ? '—' : formatCost(answer.costMicros, locale);
  return (
    <Box sx={{ minWidth: 0 }}>
      <Typography variant="subtitle2" component="h3">
        {translate(`peyk.reruns.${title}`)} · <Word words="reruns.outcome" value={answer.outcome} />
      </Typography>
      <Typography component="div" sx={{ my: 1 }}>
        {answer.text === '' ? translate('peyk.reruns.silent') : children}
      </Typography>
      {answer.replaced && <Note>{translate('peyk.reruns.replaced')}</Note>}
      {failed.length > 0 && (
        <Note>
          {translate('peyk.reruns.failed_checks', {
            names: failed
              .map((name) => translate(`peyk.check.${name}`, { _: name }))
              .join(locale === 'fa' ? '، ' : ', '),
          })}
        </Note>
      )}
      <Typography variant="caption" color="text.secondary">
        <Word words="prompt_name" value={answer.promptName} /> <bdi>{answer.promptVersion}</bdi> ·{' '}
        <ModelName model={answer.model} /> · {cost} · {formatSpan(answer.latencyMs, locale)}
      </Typography>
    </Box>
  );
}

function Note({ children }: { children: ReactNode }) {
  return (
    <Typography variant="body2" color="warning.main">
      {children}
    </Typography>
  );
}
