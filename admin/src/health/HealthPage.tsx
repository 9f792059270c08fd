import Box from '@mui/material/Box';
import Typography from '@mui/material/Typography';
import { useLocale, useTranslate } from 'react-admin';
import type { HealthPart } from '../../../src/platform/health/health-part.ts';
import { formatMoment } from '../fields/moment.ts';
import { Page, Reading } from '../pages/Page.tsx';
import { useRead } from '../pages/use-read.ts';
import { PartCard } from './PartCard.tsx';

const EVERY_MS = 5000;

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
