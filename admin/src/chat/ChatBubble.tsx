import Box from '@mui/material/Box';
import Chip from '@mui/material/Chip';
import Paper from '@mui/material/Paper';
import Typography from '@mui/material/Typography';
import { useLocale, useTranslate } from 'react-admin';
import { formatClock, formatMoment } from '../fields/moment.ts';
import { ContentParts } from './ContentParts.tsx';
import type { ChatEntry } from './chat-entries.ts';
import { MediaLinks } from './MediaLinks.tsx';
import { SendState } from './SendState.tsx';

/** One thing said. The customer stands at the start of the line, the shop at its end: mirrored in Persian. */
export function ChatBubble({ entry }: { entry: ChatEntry }) {
  const translate = useTranslate();
  const locale = useLocale() ?? 'en';
  const isCustomer = entry.direction === 'in';
  const kind = entry.message?.kind ?? 'text';
  return (
    <Box component="li" sx={{ display: 'flex', justifyContent: isCustomer ? 'flex-start' : 'flex-end' }}>
      <Paper
        variant="outlined"
        data-direction={entry.direction}
        sx={{
          px: 1.5,
          py: 1,
          maxWidth: { xs: '90%', md: '75%' },
          bgcolor: isCustomer ? 'background.paper' : 'action.hover',
          borderColor: entry.outbound?.state === 'unknown' ? 'error.main' : 'divider',
        }}
      >
        <Box sx={{ display: 'flex', gap: 1, alignItems: 'center', mb: 0.5, flexWrap: 'wrap' }}>
          <Chip size="small" label={translate(`peyk.author.${entry.author}`, { _: entry.author })} />
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
        </Box>
        {entry.text && (
          <Typography variant="body1" dir="auto" sx={{ whiteSpace: 'pre-wrap', overflowWrap: 'anywhere' }}>
            {entry.text}
          </Typography>
        )}
        <ContentParts content={entry.message?.content ?? null} />
        <MediaLinks media={entry.message?.media ?? []} />
        {entry.outbound && <SendState outbound={entry.outbound} />}
      </Paper>
    </Box>
  );
}
