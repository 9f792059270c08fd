import Alert from '@mui/material/Alert';
import Box from '@mui/material/Box';
import { useLocale, useTranslate } from 'react-admin';
import { formatCost, formatSpan } from '../fields/amounts.ts';
import { formatNumber, formatRemaining } from '../fields/moment.ts';
import { FirstSteps } from '../first-hour/FirstSteps.tsx';
import { DoorNotice } from '../health/DoorNotice.tsx';
import { BarChart } from '../pages/BarChart.tsx';
import { Page, Reading } from '../pages/Page.tsx';
import { Section } from '../pages/Section.tsx';
import { useRead } from '../pages/use-read.ts';
import { type Dashboard, toBars } from './dashboard.ts';
import { Figure } from './Figure.tsx';
import { NeedsList } from './NeedsList.tsx';

const EVERY_MS = 15_000;
const OPEN = filterPath('conversations', { status: 'open' });

function filterPath(resource: string, filter: object): string {
  return `/${resource}?filter=${encodeURIComponent(JSON.stringify(filter))}`;
}

/** The first page of the day: what needs a person, what happens, and what was done. */
export default function DashboardPage() {
  const translate = useTranslate();
  const locale = useLocale() ?? 'en';
  const { data, isPending, error } = useRead<Dashboard>('/api/dashboard', {
    everyMs: EVERY_MS,
    staleWith: 'conversations',
  });
  return (
    <Page title="dashboard.title">
      <Reading isPending={isPending} error={error} hasData={data !== undefined} />
      <DoorNotice />
      <FirstSteps />
      {data && !data.aiEnabled && (
        <Alert severity="info" sx={{ mb: 2 }}>
          {translate('peyk.dashboard.ai_off')}
        </Alert>
      )}
      {data && (
        <Box sx={{ display: 'grid', gap: 2 }}>
          <NeedsList needs={data.needs} />
          <Box sx={ROW}>
            <LiveFigures live={data.live} at={data.at} />
            <TodayFigures today={data.today} />
          </Box>
          <Box sx={{ display: 'grid', gap: 2, gridTemplateColumns: { xs: 'minmax(0, 1fr)', lg: '1fr 1fr' } }}>
            <Section title="dashboard.by_day">
              <BarChart
                bars={toBars(data.byDay, 'day', locale, data.timeZone)}
                label={translate('peyk.dashboard.by_day')}
              />
            </Section>
            <Section title="dashboard.by_hour">
              <BarChart
                bars={toBars(data.byHour, 'hour', locale, data.timeZone)}
                label={translate('peyk.dashboard.by_hour')}
              />
            </Section>
          </Box>
        </Box>
      )}
    </Page>
  );
}

const ROW = { display: 'grid', gap: 2, gridTemplateColumns: 'repeat(auto-fill, minmax(170px, 1fr))' } as const;

function LiveFigures({ live, at }: { live: Dashboard['live']; at: string }) {
  const translate = useTranslate();
  const locale = useLocale() ?? 'en';
  const oldest = live.oldestUnansweredAt
    ? formatRemaining(Date.parse(at) - Date.parse(live.oldestUnansweredAt), locale)
    : null;
  return (
    <>
      <Figure words="open" value={formatNumber(live.open, locale)} to={OPEN} />
      <Figure
        words="waiting"
        value={formatNumber(live.waitingForHuman, locale)}
        isUrgent={live.waitingForHuman > 0}
        to={filterPath('conversations', { tab: 'waiting' })}
      />
      <Figure words="oldest" value={oldest ?? translate('peyk.dashboard.nobody')} to={OPEN} />
      <Figure
        words="unknown"
        value={formatNumber(live.unknownSends, locale)}
        isUrgent={live.unknownSends > 0}
        to={filterPath('outbound-messages', { waitsForPerson: true })}
      />
      <Figure
        words="tickets"
        value={formatNumber(live.openTickets, locale)}
        isUrgent={live.openTickets > 0}
        to={filterPath('tickets', { state: 'open' })}
      />
      <Figure
        words="follow_ups"
        value={formatNumber(live.followUpsPending, locale)}
        note={translate('peyk.dashboard.due_soon', { count: live.followUpsDueSoon })}
        to={filterPath('followups', { state: 'pending' })}
      />
    </>
  );
}

function TodayFigures({ today }: { today: Dashboard['today'] }) {
  const translate = useTranslate();
  const locale = useLocale() ?? 'en';
  const span = (ms: number | null) => (ms === null ? translate('peyk.dashboard.no_time') : formatSpan(ms, locale));
  const note = translate('peyk.dashboard.today');
  return (
    <>
      <Figure words="replies" note={note} value={formatNumber(today.repliesToday, locale)} to="/decisions" />
      <Figure words="p50" note={note} value={span(today.replyP50Ms)} />
      <Figure words="p95" note={note} value={span(today.replyP95Ms)} />
      <Figure words="cost" note={note} value={formatCost(today.costMicrosToday, locale)} />
    </>
  );
}
