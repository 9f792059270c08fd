import Box from '@mui/material/Box';
import Chip, { type ChipProps } from '@mui/material/Chip';
import Typography from '@mui/material/Typography';
import { useLocale, useTranslate } from 'react-admin';
import { Moment } from '../fields/Moment.tsx';
import { formatMoment } from '../fields/moment.ts';
import { Word } from '../fields/Word.tsx';
import { WordChip } from '../fields/WordChip.tsx';
import { Line } from '../pages/Section.tsx';
import { type Entry, lengthOf, type RehearsalResult } from './rehearsal.ts';

/** What happened, line by line on the rehearsal's own clock, and how it stands at the end. */
export function RehearsalLog({ result }: { result: RehearsalResult }) {
  const translate = useTranslate();
  const { limits, settings, end } = result;
  return (
    <Box>
      <Typography variant="caption" color="text.secondary" component="p">
        {translate(`peyk.rehearsal.${settings.windowHours === null ? 'settings_always_open' : 'settings'}`, {
          window: settings.windowHours,
          takeover: settings.takeoverHours,
          delay: settings.followUpDelayHours,
          zone: settings.timeZone,
        })}
      </Typography>
      <Typography variant="caption" color="text.secondary" component="p" sx={{ mb: 1 }}>
        {translate('peyk.rehearsal.limits', {
          max: limits.maxText,
          unit: translate(`peyk.rehearsal.unit.${limits.textUnit}`),
          replies: limits.maxQuickReplies,
          buttons: limits.maxButtons,
          cards: limits.maxCards,
        })}
      </Typography>
      <Box component="ol" sx={{ listStyle: 'none', p: 0, m: 0 }} data-testid="rehearsal">
        {result.entries.map((entry, index) => (
          // Entries have no ids; the list is drawn anew with each play.
          <EntryLine key={index.toString()} entry={entry} limits={limits} />
        ))}
      </Box>
      <Typography variant="subtitle1" component="h3" sx={{ mt: 2 }}>
        {translate('peyk.rehearsal.end')}
      </Typography>
      <Line label={translate('peyk.card.mode')}>
        <WordChip words="mode" value={end.mode} /> <WordChip words="status" value={end.status} />
      </Line>
      <Line label={translate('resources.conversations.fields.windowExpiresAt')}>
        <Moment at={end.windowExpiresAt} />
      </Line>
      <Line label={translate('peyk.card.follow_up')}>
        <Moment at={end.followUpDueAt} />
      </Line>
    </Box>
  );
}

const COLOURS: Readonly<Record<string, ChipProps['color']>> = {
  sent: 'success',
  blocked: 'warning',
  customer: 'default',
  follow_up_planned: 'info',
  ticket: 'error',
};

function EntryLine({ entry, limits }: { entry: Entry; limits: RehearsalResult['limits'] }) {
  const translate = useTranslate();
  const locale = useLocale() ?? 'en';
  const isWords = entry.kind === 'customer' || entry.kind === 'sent' || entry.kind === 'blocked';
  return (
    <Box component="li" sx={{ py: 1, borderBottom: 1, borderColor: 'divider' }} data-kind={entry.kind}>
      <Box sx={{ display: 'flex', gap: 1, alignItems: 'center', flexWrap: 'wrap' }}>
        <Typography variant="caption" color="text.secondary">
          {formatMoment(entry.at, locale)}
        </Typography>
        <Chip
          size="small"
          variant="outlined"
          color={COLOURS[entry.kind] ?? 'default'}
          label={translate(`peyk.rehearsal.event.${entry.kind}`, { _: entry.kind })}
        />
        {entry.author && <Chip size="small" label={translate(`peyk.author.${entry.author}`)} />}
        {entry.kind === 'mode' && <WordChip words="mode" value={entry.text} />}
        {entry.kind === 'status' && <WordChip words="status" value={entry.text} />}
        <Typography variant="body2" component="span">
          <EntryReason entry={entry} />
          {entry.dueAt && <Moment at={entry.dueAt} />}
        </Typography>
        {entry.kind === 'sent' && <EntryLength entry={entry} limits={limits} />}
      </Box>
      {isWords && (
        <Typography dir="auto" sx={{ whiteSpace: 'pre-wrap', overflowWrap: 'anywhere', mt: 0.5 }}>
          {entry.text}
        </Typography>
      )}
    </Box>
  );
}

function EntryReason({ entry }: { entry: Entry }) {
  if (entry.kind === 'ticket') return <Word words="ticket_reason" value={entry.reason} />;
  if (entry.kind === 'sent') return <Word words="intent" value={entry.reason} />;
  if (entry.kind === 'blocked' || entry.kind === 'follow_up_cancelled') {
    return <Word words="reason" value={entry.reason} />;
  }
  return null;
}

function EntryLength({ entry, limits }: { entry: Entry; limits: RehearsalResult['limits'] }) {
  const translate = useTranslate();
  const length = translate('peyk.rehearsal.bytes', {
    count: lengthOf(entry.text, limits.textUnit),
    max: limits.maxText,
    unit: translate(`peyk.rehearsal.unit.${limits.textUnit}`),
  });
  return (
    <Typography variant="caption" color="text.secondary">
      {length}
      {entry.segments !== null &&
        ` · ${translate('peyk.rehearsal.segments', { smart_count: entry.segments, count: entry.segments })}`}
    </Typography>
  );
}
