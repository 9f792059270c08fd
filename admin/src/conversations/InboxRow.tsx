import SnoozeIcon from '@mui/icons-material/Snooze';
import Avatar from '@mui/material/Avatar';
import Badge from '@mui/material/Badge';
import Box from '@mui/material/Box';
import Chip from '@mui/material/Chip';
import Typography from '@mui/material/Typography';
import { LinkBase, useCreatePath, useLocale, useTranslate } from 'react-admin';
import { ChannelIcon } from '../channels/ChannelIcon.tsx';
import { formatNumber, formatRemaining, formatShortMoment } from '../fields/moment.ts';
import { contactNameOf } from '../layout/contact-name.ts';
import type { Conversation } from '../records.ts';
import { LabelChips } from './LabelChips.tsx';

interface InboxRowProps {
  row: Conversation;
  isOpen: boolean;
  nowMs: number;
}

/** One conversation in the list: who, what they said last, and whether somebody must act, and until when. */
export function InboxRow({ row, isOpen, nowMs }: InboxRowProps) {
  const translate = useTranslate();
  const locale = useLocale() ?? 'en';
  const createPath = useCreatePath();
  const isUnread = row.unreadCount > 0;
  const name = contactNameOf(row);
  return (
    <li>
      <Box
        component={LinkBase}
        to={createPath({ resource: 'conversations', type: 'show', id: row.id })}
        data-conversation={row.id}
        aria-current={isOpen ? 'true' : undefined}
        sx={{
          display: 'flex',
          gap: 1.25,
          px: 1.5,
          py: 1,
          color: 'text.primary',
          textDecoration: 'none',
          borderBottom: 1,
          borderColor: 'divider',
          bgcolor: isOpen ? 'action.selected' : 'transparent',
          '&:hover': { bgcolor: 'action.hover' },
          '&:focus-visible': { outline: 2, outlineColor: 'primary.main', outlineOffset: -2 },
          contentVisibility: 'auto',
          containIntrinsicSize: 'auto 92px',
        }}
      >
        <Badge
          overlap="circular"
          sx={{ alignSelf: 'flex-start' }}
          anchorOrigin={{ vertical: 'bottom', horizontal: 'right' }}
          badgeContent={<ChannelIcon channel={row.channel} />}
        >
          <Avatar sx={{ width: 36, height: 36, fontSize: 15 }} aria-hidden>
            {[...name][0] ?? '?'}
          </Avatar>
        </Badge>
        <Box sx={{ flex: 1, minWidth: 0 }}>
          <Box sx={{ display: 'flex', gap: 1, alignItems: 'baseline' }}>
            <Typography variant="body2" noWrap sx={{ flex: 1, fontWeight: isUnread ? 700 : 500 }}>
              <bdi>{name}</bdi>
            </Typography>
            <Typography variant="caption" color="text.secondary" noWrap>
              <time dateTime={row.lastMessageAt}>{formatShortMoment(row.lastMessageAt, locale, nowMs)}</time>
            </Typography>
          </Box>
          <Box sx={{ display: 'flex', gap: 1, alignItems: 'center' }}>
            <Typography
              variant="body2"
              dir="auto"
              noWrap
              sx={{ flex: 1, color: isUnread ? 'text.primary' : 'text.secondary', textAlign: 'start' }}
            >
              {row.lastMessageText || translate('peyk.time.none')}
            </Typography>
            {isUnread && (
              <Chip
                size="small"
                color="primary"
                label={formatNumber(row.unreadCount, locale)}
                aria-label={translate('peyk.inbox.unread', {
                  smart_count: row.unreadCount,
                  count: formatNumber(row.unreadCount, locale),
                })}
                sx={{ height: 18, '& .MuiChip-label': { px: 0.75 } }}
              />
            )}
          </Box>
          <RowFacts row={row} nowMs={nowMs} />
        </Box>
      </Box>
    </li>
  );
}

/** The small line: what is out of the ordinary about it. */
function RowFacts({ row, nowMs }: { row: Conversation; nowMs: number }) {
  const translate = useTranslate();
  const isSnoozed = row.snoozedUntil !== null && Date.parse(row.snoozedUntil) > nowMs;
  return (
    <Box sx={{ display: 'flex', gap: 0.75, alignItems: 'center', flexWrap: 'wrap', mt: 0.25, typography: 'caption' }}>
      <Typography variant="caption" sx={{ color: row.mode === 'bot' ? 'text.secondary' : 'warning.dark' }}>
        {translate(`peyk.mode.${row.mode}`, { _: row.mode })}
      </Typography>
      {row.needsHuman && (
        <Chip
          size="small"
          color="error"
          label={translate('peyk.inbox.needs_human')}
          sx={{ height: 18, '& .MuiChip-label': { px: 0.75 } }}
        />
      )}
      <WindowLeft row={row} nowMs={nowMs} />
      {isSnoozed && <SnoozeIcon sx={{ fontSize: 14 }} titleAccess={translate('peyk.inbox.tab.snoozed')} />}
      {row.assigneeName && (
        <Typography variant="caption" color="text.secondary">
          <bdi>{row.assigneeName}</bdi>
        </Typography>
      )}
      <LabelChips names={row.labels} />
    </Box>
  );
}

const URGENT_MS = 2 * 3_600_000;

/** How long the channel still takes messages; told early enough to act on it. */
function WindowLeft({ row, nowMs }: { row: Conversation; nowMs: number }) {
  const translate = useTranslate();
  const locale = useLocale() ?? 'en';
  if (row.status === 'closed') return <span>{translate('peyk.status.closed')}</span>;
  if (!row.windowExpiresAt) return null;
  const leftMs = Date.parse(row.windowExpiresAt) - nowMs;
  const left = formatRemaining(leftMs, locale);
  return (
    <Typography variant="caption" sx={{ color: leftMs < URGENT_MS ? 'error.main' : 'text.secondary' }}>
      {left === null ? translate('peyk.status.window_closed') : translate('peyk.inbox.window_left', { time: left })}
    </Typography>
  );
}
