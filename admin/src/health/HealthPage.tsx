import Alert from '@mui/material/Alert';
import AlertTitle from '@mui/material/AlertTitle';
import Box from '@mui/material/Box';
import Typography from '@mui/material/Typography';
import { useLocale, useTranslate } from 'react-admin';
import type { HealthPart } from '../../../src/platform/health/health-part.ts';
import { formatMoment, formatNumber } from '../fields/moment.ts';
import { Page, Reading } from '../pages/Page.tsx';
import { useRead } from '../pages/use-read.ts';

const EVERY_MS = 5000;
const SEVERITY = { ok: 'success', warning: 'warning', failing: 'error' } as const;

/** How each part is. What ails comes first, with what a person can do. */
export default function HealthPage() {
  const translate = useTranslate();
  const locale = useLocale() ?? 'en';
  const { data, isPending, error, dataUpdatedAt } = useRead<HealthPart[]>('/api/health/parts', { everyMs: EVERY_MS });
  const ill = data?.filter(({ state }) => state !== 'ok') ?? [];
  const well = data?.filter(({ state }) => state === 'ok') ?? [];
  return (
    <Page title="health.title" intro={translate('peyk.health.intro')} maxWidth={900}>
      <Reading isPending={isPending} error={error} hasData={data !== undefined} />
      {data && (
        <>
          <Typography variant="h6" component="h2" color={ill.length > 0 ? 'error' : 'success'} sx={{ mb: 1 }}>
            {translate(ill.length > 0 ? 'peyk.health.some_ill' : 'peyk.health.all_well')}
          </Typography>
          <Box sx={{ display: 'grid', gap: 1 }}>
            {[...ill, ...well].map((part) => (
              <PartCard key={part.name} part={part} />
            ))}
          </Box>
          <Typography variant="caption" color="text.secondary" component="p" sx={{ mt: 1 }}>
            {translate('peyk.health.checked', { time: formatMoment(new Date(dataUpdatedAt).toISOString(), locale) })}
          </Typography>
        </>
      )}
    </Page>
  );
}

function PartCard({ part }: { part: HealthPart }) {
  const translate = useTranslate();
  const locale = useLocale() ?? 'en';
  const params = Object.entries(part.params).map(([name, value]) => [
    name,
    typeof value === 'number' ? formatNumber(value, locale) : name === 'since' ? formatMoment(value, locale) : value,
  ]);
  return (
    <Alert severity={SEVERITY[part.state]} variant="outlined">
      <AlertTitle component="h3">
        {translate(`peyk.health.part.${part.name}`, { _: part.name })}: {translate(`peyk.health.state.${part.state}`)}
      </AlertTitle>
      {translate(`peyk.health.message.${part.code}`, { ...Object.fromEntries(params), _: part.message })}
      {part.action !== '' && (
        <Typography variant="body2" sx={{ mt: 0.5 }}>
          <strong>{translate('peyk.health.todo')}:</strong>{' '}
          {translate(`peyk.health.act.${part.code}`, { _: part.action })}
        </Typography>
      )}
    </Alert>
  );
}
