import { normaliseText, wordsOf } from './persian.ts';

/** What of a customer's words is worth counting. Pure. */

/* biome-ignore format: a table of words. */
const STOP_WORDS = new Set([
  // Persian: particles, pronouns, auxiliary verbs, greetings and politeness, in what people write on the phone.
  'و در به از که را رو این آن اون اینو اونو با برای برا واسه تا یا اگر اگه هم همه هر چه چی چیه کی کجا چرا چطور چطوری چند چنده چقدر ' +
  'من تو او ما شما شماها اونا آنها خودم خودت خودتون مرا بهم بهتون برام براتون دارم داری دارد داره داریم دارید دارین دارن داشتم داشت ' +
  'هست هستم هستی هستید هستین هستند نیست نیستم است بود بودم باشه باشد باشم می‌شه میشود می‌شود شد شده بشه بشود کن کنم کنی کند کنه کنید کنین کرد کردم کرده ' +
  'می‌کنم می‌کنی می‌کنه می‌کنید می‌خوام می‌خواهم می‌خواستم می‌خوای بخوام دیگه دیگر فقط خیلی یه یک دو سه بله آره نه خیر خب پس الان بعد قبل ' +
  'سلام درود مرسی ممنون ممنونم لطفا لطفاً خسته نباشید وقت بخیر روز عزیز جان جون آقا خانم دوست ببخشید سپاس خوبید خوبی ها های تر ترین ' +
  'آیا ولی اما چون زیر روی بین پیش مثل همین همون همان هنوز باید شاید بدید بدین بده لطف',
  'the a an and or of to in on at for from by with is are was were be been am do does did have has had can could would will shall ' +
  'should may i me my we us our you your he she it its they them this that these those what which who when where why how there here ' +
  'not no yes ok okay please thanks thank hi hello hey dear if so but as about any some just also very much too than then now get ' +
  'got want need like know let one',
].flatMap((list) => wordsOf(list)));

const MAX_WORDS = 30;

/** The words of a message that tell what it is about, each once, in matching form. */
export function keywordsOf(text: string): string[] {
  const words = wordsOf(text).filter(
    (word) => word.length > 2 && word.length <= 24 && !/\d/.test(word) && !STOP_WORDS.has(word),
  );
  return [...new Set(words)].slice(0, MAX_WORDS);
}

const MAX_QUESTION = 80;

/** A question in the form in which equal ones are counted together; null for what is too long, or may name somebody. */
export function questionKey(text: string): string | null {
  const plain = normaliseText(text)
    .replace(/[?؟!.،,\s]+/g, ' ')
    .trim();
  if (plain.length < 4 || plain.length > MAX_QUESTION || /\d{5,}|@|https?:/.test(plain)) return null;
  return plain;
}

/** Eight steps for each doubling: a percentile read from them is right within 5 %. */
const STEPS = 8;

/** The step of a histogram that a time in milliseconds falls into. */
export function stepOf(ms: number): string {
  return String(Math.round(Math.log2(Math.max(1, ms)) * STEPS));
}

/** The time in milliseconds below which `share` of what a histogram counted lies; null when it counted nothing. */
export function percentileOf(steps: ReadonlyMap<string, number>, share: number): number | null {
  const sorted = [...steps].map(([step, count]) => [Number(step), count] as const).sort(([a], [b]) => a - b);
  const total = sorted.reduce((sum, [, count]) => sum + count, 0);
  let seen = 0;
  for (const [step, count] of sorted) {
    seen += count;
    if (seen >= total * share) return Math.round(2 ** (step / STEPS));
  }
  return null;
}
