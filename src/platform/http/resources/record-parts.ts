import { z } from 'zod';

/** Parts that records share. Times leave as ISO 8601 in UTC. */
export const id = z.uuid();
export const nullableId = z.uuid().nullable();
export const time = z.iso.datetime();
export const nullableTime = z.iso.datetime().nullable();

/** Text that every store can hold: PostgreSQL knows no NUL, UTF-8 no half of a letter. */
const isPlain = (value: string): boolean => !value.includes('\0') && value.isWellFormed();
/** A text as it was written, with the space around it. */
export const wholeText = (max: number) => z.string().max(max).refine(isPlain, 'Must be plain text.');
export const optionalText = (max: number) => z.string().trim().max(max).refine(isPlain, 'Must be plain text.');
/** Words of a person: trimmed and not empty. */
export const plainText = (max: number) => optionalText(max).min(1);

export function isoOrNull(date: Date | null): string | null {
  return date === null ? null : date.toISOString();
}

/** Words for readers of either language. */
export const inBothLanguages = z.object({ fa: z.string(), en: z.string() });
