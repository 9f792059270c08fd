/** How well a word of a catalog answers a word of a question: 1 the same, 0 another word. In matching form. Pure. */

const ENDINGS = [
  'هاتونو',
  'هاشونو',
  'اتونو',
  'اشونو',
  'اتون',
  'اشون',
  'امون',
  'هایشان',
  'هایمان',
  'هایتان',
  'هاشون',
  'هامون',
  'هاتون',
  'هایی',
  'های',
  'هاش',
  'هاشو',
  'هام',
  'ها',
  'ات',
  'تون',
  'شون',
  'مون',
  'ای',
  'ی',
  'ه',
  'ش',
  'م',
  'es',
  's',
];
const SHORTEST_STEM = 3;

/** A word without its Persian or English ending; itself where nothing long enough would remain. */
export function stemOf(word: string): string {
  const ending = ENDINGS.find((end) => word.endsWith(end) && word.length - end.length >= SHORTEST_STEM);
  return ending ? word.slice(0, -ending.length) : word;
}

/** 1 equal, 0.95 but for an ending, 0.85 a longer form of it, 0.75 one wrong letter, 0.6 two in a long word, else 0. */
export function matchWords(asked: string, stored: string): number {
  if (asked === stored) return 1;
  // Another digit is another model.
  if (/\d/.test(asked) || /\d/.test(stored)) return 0;
  if (isEndingOnly(asked, stored)) return 0.95;
  const [short, long] = asked.length <= stored.length ? [asked, stored] : [stored, asked];
  if (short.length >= 4 && long.startsWith(short) && long.length - short.length <= 3) return 0.85;
  // «bug» is no «bag», and codes («wat-01») are full of short Latin words.
  if (short.length < 4 && /[a-z]/.test(short)) return 0;
  // One letter makes another word of so short a one: «دیر» is no «دیور», «آخر» no «ایر».
  if (short.length < 4) return 0;
  const away = distance(short, long);
  if (away === 1) return 0.75;
  return away === 2 && short.length >= 6 ? 0.6 : 0;
}

/** «صندل» and «صندلی»: a final «ی» makes another word as often as it makes a form of the same. */
export function differsByYeh(a: string, b: string): boolean {
  return a === `${b}ی` || b === `${a}ی`;
}

function isEndingOnly(a: string, b: string): boolean {
  const [short, long] = a.length <= b.length ? [a, b] : [b, a];
  if (short.length >= 2 && long.startsWith(short) && ENDINGS.slice(0, -1).includes(long.slice(short.length)))
    return true;
  const stem = stemOf(a);
  return stem.length >= SHORTEST_STEM && stem === stemOf(b);
}

/** Letters to insert, leave out, replace or swap with their neighbour; never looks further than three. */
function distance(a: string, b: string): number {
  if (Math.abs(a.length - b.length) > 2) return 3;
  let before: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, at) => at);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1];
      let cost = Math.min((last[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1, (last[j - 1] ?? 0) + (same ? 0 : 1));
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1])
        cost = Math.min(cost, (before[j - 2] ?? 0) + 1);
      row.push(cost);
    }
    before = last;
    last = row;
  }
  return last[b.length] ?? 3;
}
