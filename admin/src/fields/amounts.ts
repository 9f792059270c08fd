function tag(locale: string): string {
  return locale === 'fa' ? 'fa-IR' : 'en';
}

/** A short time as a person says it: 350 ms, 1.2 s, 3 min. */
export function formatSpan(ms: number, locale: string): string {
  const [value, unit, digits] =
    ms < 1000
      ? ([Math.round(ms), 'millisecond', 0] as const)
      : ms < 90_000
        ? ([ms / 1000, 'second', ms < 10_000 ? 1 : 0] as const)
        : ms < 5_400_000
          ? ([ms / 60_000, 'minute', 0] as const)
          : ([ms / 3_600_000, 'hour', 1] as const);
  const options = { style: 'unit', unit, unitDisplay: 'short', maximumFractionDigits: digits } as const;
  return new Intl.NumberFormat(tag(locale), options).format(value);
}

/** Micro-dollars as dollars; small sums keep their digits. */
export function formatCost(micros: number, locale: string): string {
  const dollars = micros / 1_000_000;
  const digits = dollars !== 0 && dollars < 0.01 ? 6 : 2;
  const options = { style: 'currency', currency: 'USD', maximumFractionDigits: digits } as const;
  return new Intl.NumberFormat(tag(locale), options).format(dollars);
}

export function formatShare(part: number, whole: number, locale: string): string {
  const share = whole === 0 ? 0 : part / whole;
  return new Intl.NumberFormat(tag(locale), { style: 'percent', maximumFractionDigits: 0 }).format(share);
}
