import { wordsOf } from './persian.ts';

/* biome-ignore format: a table of words. */
const ANGRY = ['افتضاح', 'کلاهبردار', 'کلاه بردار', 'کلاهبرداری', 'دزد', 'دزدا', 'دزدید', 'شکایت می‌کنم', 'شکایت میکنم', 'ازتون شکایت',
  'خجالت بکشید', 'خجالت بکش', 'مسخره کردید', 'مسخره کردین', 'مسخرم کردین', 'خاک تو سرتون', 'بی‌شعور', 'بیشعور', 'احمق', 'آشغال', 'اشغال', 'گند زدید',
  'گند زدین', 'دروغگو', 'دروغ میگید', 'دروغ می‌گید', 'اعصابم خورد', 'عصبانیم', 'عصبانی هستم', 'بدترین', 'پلیس فتا', 'scam', 'scammer', 'scammers', 'fraud',
  'liar', 'liars', 'thief', 'thieves', 'terrible service', 'worst', 'furious', 'so angry', 'very angry', 'i am angry', 'i m angry',
  'ridiculous', 'disgusting', 'unacceptable', 'idiot', 'idiots', 'stupid', 'report you', 'sue you', 'my lawyer', 'shame on you', 'wtf'].map(
  (phrase) => ` ${wordsOf(phrase).join(' ')} `,
);

/** True for words of somebody whom a person of the shop should look after, whatever the bot answers. Pure. */
export function isAngry(text: string): boolean {
  const haystack = ` ${wordsOf(text).join(' ')} `;
  return ANGRY.some((phrase) => haystack.includes(phrase));
}
