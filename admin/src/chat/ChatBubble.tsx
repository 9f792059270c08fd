import Box from '@mui/material/Box';
import Chip from '@mui/material/Chip';
import Paper from '@mui/material/Paper';
import Typography from '@mui/material/Typography';
import type { ReactNode } from 'react';
import { useLocale, useTranslate } from 'react-admin';
import type { OutboundContent } from '../../../src/text/message.ts';
import { AuthorName } from '../fields/AuthorName.tsx';
import { formatClock, formatMoment } from '../fields/moment.ts';
import { ContentParts } from './ContentParts.tsx';
import type { ChatEntry } from './chat-entries.ts';
import { FormerTexts } from './FormerTexts.tsx';
import { MediaLinks } from './MediaLinks.tsx';
import { SendState } from './SendState.tsx';

interface ChatBubbleProps {
  entry: ChatEntry;
  /** What can be done to it, beside the time. */
  tools?: ReactNode;
}

/** One thing said. The customer stands at the start of the line, the shop at its end: mirrored in Persian. */
export function ChatBubble({ entry, tools }: ChatBubbleProps) {
  const translate = useTranslate();
  const locale = useLocale() ?? 'en';
  const isCustomer = entry.direction === 'in';
  const media = entry.message?.media ?? entry.outbound?.media ?? [];
  const kind = entry.message?.kind ?? media[0]?.kind ?? 'text';
  const content = entry.message ? entry.message.content : (entry.outbound?.content as OutboundContent | undefined);
  const isUnsettled = entry.outbound?.state === 'unknown' && !entry.outbound.settledBy;
  return (
    <Box
      component="li"
      sx={{ display: 'flex', flexDirection: 'column', alignItems: isCustomer ? 'flex-start' : 'flex-end' }}
    >
      <Paper
        variant="outlined"
        data-direction={entry.direction}
        sx={{
          px: 1.5,
          py: 1,
          maxWidth: { xs: '90%', md: '75%' },
          bgcolor: isCustomer ? 'background.paper' : 'action.hover',
          borderColor: isUnsettled ? 'error.main' : 'divider',
        }}
      >
        <Box sx={{ display: 'flex', gap: 1, alignItems: 'center', mb: 0.5, flexWrap: 'wrap' }}>
          <Chip size="small" label={<AuthorName entry={entry} />} />
          {kind !== 'text' && (
            <Typography variant="caption" color="text.secondary">
              {translate(`peyk.message_kind.${kind}`, { _: kind })}
            </Typography>
          )}
          <Typography variant="caption" color="text.secondary">
            <time dateTime={entry.at} title={formatMoment(entry.at, locale)}>
              {formatClock(entry.at, locale)}
            </time>
          </Typography>
          {tools}
        </Box>
        {entry.message?.unsentAt && (
          <Typography variant="body2" color="text.secondary" sx={{ fontStyle: 'italic' }}>
            {translate('peyk.said.unsent')}
          </Typography>
        )}
        {entry.text && (
          <Typography variant="body1" dir="auto" sx={{ whiteSpace: 'pre-wrap', overflowWrap: 'anywhere' }}>
            {entry.text}
          </Typography>
        )}
        <ContentParts content={content ?? null} />
        <MediaLinks media={media} />
        <FormerTexts edits={entry.message?.edits ?? []} />
        {entry.outbound && <SendState outbound={entry.outbound} />}
        {entry.message?.readAt && (
          <Typography variant="caption" color="text.secondary" sx={{ display: 'block' }}>
            {translate('peyk.said.seen', { time: formatClock(entry.message.readAt, locale) })}
          </Typography>
        )}
      </Paper>
      {entry.message?.reaction && (
        <Chip
          size="small"
          variant="outlined"
          label={<span aria-hidden>{entry.message.reaction}</span>}
          aria-label={`${translate('peyk.said.reaction')} ${entry.message.reaction}`}
          role="img"
          data-reaction
          sx={{ mt: -0.75, mx: 1, bgcolor: 'background.paper', zIndex: 1 }}
        />
      )}
    </Box>
  );
}
