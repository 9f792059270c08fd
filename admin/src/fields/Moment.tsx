import { useLocale, useTranslate } from 'react-admin';
import { formatMoment, formatRemaining } from './moment.ts';
import { useNow } from './use-now.ts';

interface MomentProps {
  at: string | null | undefined;
}

/** A point in time in the reader's calendar. */
export function Moment({ at }: MomentProps) {
  const locale = useLocale();
  const translate = useTranslate();
  if (!at) return translate('peyk.time.none');
  return <time dateTime={at}>{formatMoment(at, locale)}</time>;
}

/** How long until then; the exact time is its title. */
export function Countdown({ at }: MomentProps) {
  const locale = useLocale();
  const translate = useTranslate();
  const nowMs = useNow(1000);
  if (!at) return translate('peyk.time.none');
  const left = formatRemaining(Date.parse(at) - nowMs, locale);
  return (
    <time dateTime={at} title={formatMoment(at, locale)}>
      {left ?? translate('peyk.time.expired')}
    </time>
  );
}
