import Alert from '@mui/material/Alert';
import AlertTitle from '@mui/material/AlertTitle';
import Typography from '@mui/material/Typography';
import { useLocale, useTranslate } from 'react-admin';
import type { HealthPart } from '../../../src/platform/health/health-part.ts';
import { formatMoment, formatNumber } from '../fields/moment.ts';

const SEVERITY = { ok: 'success', warning: 'warning', failing: 'error' } as const;

/** How one part is, and what to do about it. `heading` follows that of the page around it. */
export function PartCard({ part, heading = 'h3' }: { part: HealthPart; heading?: 'h2' | 'h3' }) {
  const translate = useTranslate();
  const locale = useLocale() ?? 'en';
  const params = Object.entries(part.params).map(([name, value]) => [
    name,
    typeof value === 'number' ? formatNumber(value, locale) : name === 'since' ? formatMoment(value, locale) : value,
  ]);
  return (
    <Alert severity={SEVERITY[part.state]} variant="outlined">
      <AlertTitle component={heading}>
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
