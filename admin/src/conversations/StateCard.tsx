import OpenInNewIcon from '@mui/icons-material/OpenInNew';
import Box from '@mui/material/Box';
import Card from '@mui/material/Card';
import CardContent from '@mui/material/CardContent';
import MuiLink from '@mui/material/Link';
import Typography from '@mui/material/Typography';
import type { ReactNode } from 'react';
import { useLocale, useTranslate } from 'react-admin';
import { Countdown } from '../fields/Moment.tsx';
import { formatMoment } from '../fields/moment.ts';
import { Word } from '../fields/Word.tsx';
import { WordChip } from '../fields/WordChip.tsx';
import type { Conversation } from '../records.ts';
import { FollowUpPart } from './FollowUpPart.tsx';
import { OwnerButtons } from './OwnerButtons.tsx';

/** Who answers, until when, and what will happen next by itself. */
export function StateCard({ record }: { record: Conversation }) {
  const translate = useTranslate();
  return (
    <Card component="aside" sx={{ width: { xs: '100%', md: 300 }, flexShrink: 0, alignSelf: 'flex-start' }}>
      <CardContent sx={{ display: 'flex', flexDirection: 'column', gap: 2 }}>
        <Box>
          <Typography variant="h6" component="h2">
            {translate('peyk.card.title')}
          </Typography>
          <Typography variant="body2" color="text.secondary">
            <Word words="channel" value={record.channel} /> · <Word words="status" value={record.status} />
          </Typography>
        </Box>
        <Part label="mode">
          <WordChip words="mode" value={record.mode} /> <ModeUntil record={record} />
        </Part>
        <OwnerButtons record={record} />
        <Part label="window">
          <Countdown at={record.windowExpiresAt} />
        </Part>
        <Part label="follow_up">
          <FollowUpPart record={record} />
        </Part>
        <MuiLink href={record.workflowUrl} target="_blank" rel="noopener noreferrer" variant="body2">
          {translate('peyk.card.workflow')} <OpenInNewIcon sx={{ fontSize: 14, verticalAlign: 'middle' }} />
        </MuiLink>
      </CardContent>
    </Card>
  );
}

function Part({ label, children }: { label: string; children: ReactNode }) {
  const translate = useTranslate();
  return (
    <Box>
      <Typography variant="caption" color="text.secondary" component="h3">
        {translate(`peyk.card.${label}`)}
      </Typography>
      <Typography variant="body2" component="div">
        {children}
      </Typography>
    </Box>
  );
}

function ModeUntil({ record }: { record: Conversation }) {
  const translate = useTranslate();
  const locale = useLocale();
  if (record.mode === 'bot') return null;
  if (!record.modeUntil) return translate('peyk.time.until_changed');
  return translate('peyk.time.until', { time: formatMoment(record.modeUntil, locale ?? 'en') });
}
