/** What a customer says that they do not want, beside what they do: «مشکی نه، صورتی», "the pot, but not the small one". Pure. */

const WORD = '[\\p{L}\\u200c]+';
/* biome-ignore format: a table of patterns. */
const DENIED: readonly RegExp[] = [
  // «نه مشکی نه سرمه‌ای، رنگ روشن»
  new RegExp(`(?<![\\p{L}\\u200c])نه\\s+${WORD}(?=(?:\\s+و)?\\s+نه\\s+${WORD}|\\s*[،,]\\s*\\p{L})`, 'gu'),
  // «مشکی نه، صورتی»
  new RegExp(`(?<![\\p{L}\\u200c])(?:رنگ )?${WORD}\\s+نه(?=\\s*[،,]\\s*\\p{L})`, 'gu'),
  // «سفیدش رو نمی‌خوام، مشکی رو می‌خوام»
  new RegExp(`(?<![\\p{L}\\u200c])${WORD}\\s*(?:رو|را)?\\s+نمی[\\s\\u200c]?خوا\\p{L}*(?=\\s*[،,.]?\\s*\\p{L})`, 'gu'),
  /(?<!\p{L})(?:but |and )?not (?:the |in |a |any )?(?:\p{L}+ )ones?(?!\p{L})/giu,
  /(?<!\p{L})but not (?:in |the |a )?\p{L}+/giu,
  /(?<!\p{L})not (?:the|in) \p{L}+(?=\s*,)/giu,
];

/** A text without what it denies; as it is where nothing else would be left. */
export function withoutDenied(text: string): string {
  const rest = DENIED.reduce((left, pattern) => left.replace(pattern, ' '), text);
  return rest === text || !/\p{L}{2,}/u.test(rest) ? text : rest.replace(/ {2,}/g, ' ');
}
