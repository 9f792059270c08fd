import Box from '@mui/material/Box';
import MenuItem from '@mui/material/MenuItem';
import TextField from '@mui/material/TextField';
import { useState } from 'react';
import { useLocale, useTranslate } from 'react-admin';
import { formatCost, formatShare, formatSpan } from '../fields/amounts.ts';
import { formatNumber } from '../fields/moment.ts';
import { BarChart } from '../pages/BarChart.tsx';
import { Page, Reading } from '../pages/Page.tsx';
import { Line, Section } from '../pages/Section.tsx';
import { useRead } from '../pages/use-read.ts';
import type { Quality, Summary } from './analytics.ts';
import { CountedList } from './CountedList.tsx';
import { QualityPart } from './QualityPart.tsx';

const DAYS = [1, 7, 30, 90];

/** Figures over days: what customers want, how fast and how well they are answered, and what it costs. */
export default function AnalyticsPage() {
  const translate = useTranslate();
  const locale = useLocale() ?? 'en';
  const [days, setDays] = useState(7);
  const summary = useRead<Summary>(`/admin/analytics/summary?days=${days}`);
  const quality = useRead<Quality>(`/admin/analytics/quality?days=${days}`);
  return (
    <Page title="analytics.title" intro={translate('peyk.analytics.intro')}>
      <TextField
        select
        label={translate('peyk.analytics.period')}
        value={days}
        onChange={(event) => setDays(Number(event.target.value))}
        margin="none"
        fullWidth={false}
        sx={{ minWidth: 200, mb: 2 }}
      >
        {DAYS.map((count) => (
          <MenuItem key={count} value={count}>
            {translate('peyk.analytics.days', { smart_count: count, count: formatNumber(count, locale) })}
          </MenuItem>
        ))}
      </TextField>
      <Reading isPending={summary.isPending} error={summary.error ?? quality.error} hasData={!!summary.data} />
      <Box
        sx={{ display: 'grid', gap: 2, gridTemplateColumns: { xs: 'minmax(0, 1fr)', md: 'repeat(2, minmax(0, 1fr))' } }}
      >
        {summary.data && <Traffic summary={summary.data} />}
        {quality.data && <QualityPart quality={quality.data} />}
        {summary.data && <Wishes summary={summary.data} />}
      </Box>
    </Page>
  );
}

function Traffic({ summary }: { summary: Summary }) {
  const translate = useTranslate();
  const locale = useLocale() ?? 'en';
  const tag = locale === 'fa' ? 'fa-IR-u-ca-persian' : 'en';
  const day = new Intl.DateTimeFormat(tag, { day: 'numeric', month: 'short', timeZone: 'UTC' });
  const byDay = summary.byDay.map((row) => ({ ...row, label: day.format(new Date(`${row.day}T12:00:00Z`)) }));
  const byHour = summary.byHour.map((row) => ({ ...row, label: formatNumber(row.hour, locale) }));
  return (
    <>
      <Section title="analytics.by_day">
        <BarChart bars={byDay} label={translate('peyk.analytics.by_day')} />
      </Section>
      <Section title="analytics.by_hour">
        <BarChart bars={byHour} label={translate('peyk.analytics.by_hour')} />
      </Section>
    </>
  );
}

function Wishes({ summary }: { summary: Summary }) {
  const translate = useTranslate();
  const locale = useLocale() ?? 'en';
  const { followUp } = summary;
  const label = (name: string) => translate(`peyk.analytics.${name}`);
  const span = (ms: number | null) => (ms === null ? '—' : formatSpan(ms, locale));
  const orders = summary.orders.reduce((sum, { count }) => sum + count, 0);
  return (
    <>
      <Section title="analytics.figures">
        <Line label={label('incoming')}>{formatNumber(summary.incoming, locale)}</Line>
        <Line label={label('outgoing')}>{formatNumber(summary.outgoing, locale)}</Line>
        <Line label={label('reply_p50')}>{span(summary.reply.p50Ms)}</Line>
        <Line label={label('reply_p95')}>{span(summary.reply.p95Ms)}</Line>
        <Line label={label('follow_up')}>
          {formatNumber(followUp.sent, locale)} / {formatNumber(followUp.answered, locale)} (
          {formatShare(followUp.answered, followUp.sent, locale)})
        </Line>
        <Line label={label('orders')}>{formatNumber(orders, locale)}</Line>
        {summary.models.map(({ model, answers, costMicros }) => (
          <Line
            key={model}
            label={translate('peyk.analytics.model', { model: translate(`peyk.model.${model}`, { _: model }) })}
          >
            {formatNumber(answers, locale)} · {formatCost(costMicros, locale)}
          </Line>
        ))}
      </Section>
      <Section title="analytics.intents">
        <CountedList rows={summary.intents} words="intent" />
      </Section>
      <Section title="analytics.keywords">
        <CountedList rows={summary.keywords} max={15} />
      </Section>
      <Section title="analytics.not_found">
        <CountedList rows={summary.productsNotFound} />
      </Section>
    </>
  );
}
