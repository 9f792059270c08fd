import { type Figure, readFigures } from '../domain/figures.ts';

/** An amount of money as a text states it. Tomans are told in rials, so that both ways of saying it are one amount. */
export interface Amount {
  value: number;
  /** `irr`, `usd`, …; null for a number without a currency. */
  unit: string | null;
  /** Its value before tomans became rials. */
  spoken: number;
}

/** Every amount and number that a text states, in digits or words, Persian or English. Pure. */
export function readAmounts(text: string): Amount[] {
  return readFigures(text)
    .filter((figure) => figure.readable && (figure.unit !== null || !figure.inWords))
    .map(toAmount);
}

function toAmount({ value, factor, unit }: Figure): Amount {
  return { value: Math.round(value * factor * 100) / 100, unit, spoken: value };
}

/**
 * The amounts with a currency in `text` that none of the sources states. A source's number without a currency vouches
 * for any currency; one with a currency only for its own.
 */
export function findUnknownAmounts(text: string, sources: readonly string[]): Amount[] {
  const stated = readAmounts(text).filter((amount) => amount.unit !== null);
  if (stated.length === 0) return [];
  const known = sources.flatMap(readAmounts);
  return stated.filter(
    (amount) =>
      !known.some((source) =>
        source.unit === null
          ? source.value === amount.spoken
          : source.unit === amount.unit && source.value === amount.value,
      ),
  );
}
