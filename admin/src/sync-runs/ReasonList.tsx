import Box from '@mui/material/Box';
import { useLocale, useTranslate } from 'react-admin';
import { formatNumber } from '../fields/moment.ts';
import type { SyncReason } from './sync-run.ts';

/** Why something was not taken, with a few examples to look at. */
export function ReasonList({ reasons }: { reasons: readonly SyncReason[] }) {
  const translate = useTranslate();
  const locale = useLocale() ?? 'en';
  if (reasons.length === 0) return null;
  return (
    <Box component="ul" sx={{ m: 0, paddingInlineStart: 2, fontSize: '0.875rem' }}>
      {reasons.map(({ code, count, samples }) => (
        <li key={code}>
          {translate(`peyk.sync_reason.${code}`, { _: samples[0]?.detail || code })} (
          <bdi>{formatNumber(count, locale)}</bdi>)
          <details>
            <summary>{translate('peyk.catalog.examples')}</summary>
            <Box component="ul" sx={{ m: 0, paddingInlineStart: 2, overflowWrap: 'anywhere' }} dir="auto">
              {samples.map(({ at, detail }, index) => (
                <li key={index}>
                  {at} {detail}
                </li>
              ))}
            </Box>
          </details>
        </li>
      ))}
    </Box>
  );
}
