import OpenInNewIcon from '@mui/icons-material/OpenInNew';
import Box from '@mui/material/Box';
import MuiLink from '@mui/material/Link';
import { useCanAccess, useLocale, useTranslate } from 'react-admin';
import { Countdown } from '../fields/Moment.tsx';
import { formatMoment } from '../fields/moment.ts';
import { WordChip } from '../fields/WordChip.tsx';
import type { Conversation } from '../records.ts';
import { AssigneePart } from './AssigneePart.tsx';
import { BehaviourPart } from './BehaviourPart.tsx';
import { CustomerPart } from './CustomerPart.tsx';
import { DecisionPart } from './DecisionPart.tsx';
import { LabelsPart } from './LabelsPart.tsx';
import { OrdersPart } from './OrdersPart.tsx';
import { Part } from './Part.tsx';
import { TicketsPart } from './TicketsPart.tsx';
import { TimersPart } from './TimersPart.tsx';

/** Who writes, who answers and until when, what will happen next by itself, and what belongs to it. */
export function SidePanel({ record }: { record: Conversation }) {
  const translate = useTranslate();
  const { canAccess: canSeeOrders } = useCanAccess({ resource: 'orders', action: 'view' });
  return (
    <Box sx={{ display: 'flex', flexDirection: 'column', gap: 2, p: 2 }}>
      <CustomerPart record={record} />
      <BehaviourPart record={record} />
      <Part label="mode">
        <WordChip words="mode" value={record.mode} /> <ModeUntil record={record} />
      </Part>
      <Part label="window">
        <Countdown at={record.windowExpiresAt} />
      </Part>
      <TimersPart record={record} />
      <AssigneePart record={record} />
      <LabelsPart record={record} />
      <TicketsPart record={record} />
      {canSeeOrders && <OrdersPart record={record} />}
      <DecisionPart record={record} />
      <MuiLink href={record.workflowUrl} target="_blank" rel="noopener noreferrer" variant="body2">
        {translate('peyk.card.workflow')} <OpenInNewIcon sx={{ fontSize: 14, verticalAlign: 'middle' }} />
      </MuiLink>
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
