import { wordsOf } from '../../text/persian.ts';

/** How somebody who writes feels, as far as signs and plain words tell. Pure. */
export type Feeling = 'angry' | 'sad' | 'loved' | 'laughing' | 'waiting' | 'nodding';

/** Signs of each, the weightiest first: one angry face among hearts is anger. */
const SIGNS: ReadonlyArray<readonly [Feeling, RegExp]> = [
  ['angry', /[😠😡🤬👿😤💢🖕👎🤮]/u],
  ['sad', /[😞😟😔😢😭😩😫🙁☹😕💔😥😓😣]/u],
  ['loved', /[❤🧡💛💚💙💜🤎🖤🤍💕💖💗💘💝💞😍🥰😘🌹🌷🌸💐🙏🤗😻]/u],
  ['laughing', /[😂🤣😄😁😆😅😊🙂😀😃😉😎]/u],
  ['nodding', /\p{Extended_Pictographic}/u],
  // «؟», "...": asks once more, or waits.
  ['waiting', /[?؟!.…]/u],
];

/** What a message of signs alone tells; null for one with words, and for one that tells nothing. */
export function readSigns(text: string): Feeling | null {
  if (wordsOf(text).length > 0) return null;
  return SIGNS.find(([, signs]) => signs.test(text))?.[0] ?? null;
}

/* biome-ignore format: a table of words. */
const ANGRY = ['افتضاح', 'کلاهبردار', 'کلاه بردار', 'کلاهبرداری', 'دزد', 'دزدا', 'دزدید', 'شکایت می‌کنم', 'شکایت میکنم', 'ازتون شکایت',
  'خجالت بکشید', 'خجالت بکش', 'مسخره کردید', 'مسخره کردین', 'مسخرم کردین', 'خاک تو سرتون', 'بی‌شعور', 'بیشعور', 'احمق', 'آشغال', 'اشغال', 'گند زدید',
  'گند زدین', 'دروغگو', 'دروغ میگید', 'دروغ می‌گید', 'اعصابم خورد', 'عصبانیم', 'عصبانی هستم', 'بدترین', 'پلیس فتا', 'scam', 'scammer', 'scammers', 'fraud',
  'liar', 'liars', 'thief', 'thieves', 'terrible service', 'worst', 'furious', 'so angry', 'very angry', 'i am angry', 'i m angry',
  'ridiculous', 'disgusting', 'unacceptable', 'idiot', 'idiots', 'stupid', 'report you', 'sue you', 'my lawyer', 'shame on you', 'wtf',
  'kolahbardar', 'eftezah', 'dorooghgoo'].map((phrase) => ` ${wordsOf(phrase).join(' ')} `);
/* biome-ignore format: a table of words. */
const DELIGHTED = ['عالی بود', 'عالیه', 'عالی شد', 'عالین', 'خیلی خوب بود', 'خیلی خوبه', 'خیلی شیکه', 'خیلی قشنگه', 'خیلی خوشگله', 'راضیم', 'راضی بودم', 'راضی ام', 'دوسش داشتم', 'دوستش داشتم', 'دوسش دارم',
  'عاشقش شدم', 'عاشقشم', 'کیف کردم', 'کیف کردیم', 'به به', 'fastest delivery ever', 'best ever', 'khoob bud', 'khoob bood', 'حرف نداره', 'حرف نداشت', 'معرکه', 'بی‌نظیر', 'کارتون درسته', 'دمتون گرم', 'love it', 'loved it', 'love them', 'i love', 'so happy', 'very happy', 'so pretty', 'so beautiful', 'amazing', 'it is perfect', 's perfect',
  'great quality', 'very satisfied', 'excellent service', 'kheili khoob bood', 'ali bood', 'razi boodam'].map((phrase) => ` ${wordsOf(phrase).join(' ')} `);

/** True for the words of somebody who is pleased with what they got, and asks nothing. */
export function isDelighted(text: string): boolean {
  // «عاااالی»
  const plain = text.replace(/(\p{L})\1{2,}/gu, '$1');
  const haystack = ` ${wordsOf(plain).join(' ')} `;
  return !/[?؟]/u.test(text) && !isAngry(text) && DELIGHTED.some((phrase) => haystack.includes(phrase));
}

const FURIOUS = /[😡🤬👿💢🖕]/u;

/** True for words or signs of somebody whom a person of the shop should look after, whatever the bot answers. */
export function isAngry(text: string): boolean {
  const haystack = ` ${wordsOf(text).join(' ')} `;
  return ANGRY.some((phrase) => haystack.includes(phrase)) || FURIOUS.test(text);
}
