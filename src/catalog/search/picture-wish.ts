import { wordsOf } from '../../text/persian.ts';

const PICTURE =
  /^(?:(?:عکس|تصویر)(?:ش|شو|شون|ی|ا|اش|اشو|اشون|ها|های|هاش|هاشو|هاشون|هایش|م)?|photos?|pictures?|pics?|images?|aks(?:esh|esho|ash)?|ax(?:esh|esho|ash)?)$/u;
/* biome-ignore format: a table of words. */
const ASKING = words('بفرست', 'بفرستید', 'بفرستین', 'بفرستی', 'میفرستی', 'میفرستید', 'میفرستین', 'بده', 'بدید', 'بدین', 'بدی', 'بدهید', 'میدی',
  'میدید', 'میدین', 'بذار', 'بذارید', 'بذارین', 'بزارید', 'ببینم', 'ببینمش', 'ببینیم', 'نشون', 'نشان', 'نشونم', 'ارسال', 'کن', 'کنید', 'کنین',
  'داری', 'دارید', 'دارین', 'داره', 'دارد', 'میشه', 'میشود', 'ممکنه', 'لطفا', 'میخوام', 'میخام', 'میخواستم', 'میخواهم', 'هست', 'send', 'show',
  'see', 'have', 'any', 'please', 'pls', 'share', 'got', 'befrest', 'befrestid', 'befrestin', 'bede', 'bedid', 'bedin', 'bebinam', 'dari',
  'darid', 'darin', 'dare', 'mishe', 'lotfan');
/** The customer speaks of a picture of their own, or of what stood on one. */
/* biome-ignore format: a table of words. */
const THEIRS = words('میفرستم', 'فرستادم', 'بفرستم', 'فرستادین', 'فرستادید', 'فرستادی', 'گرفتم', 'دیدم', 'گذاشتم', 'گذاشتید', 'گذاشتین', 'روی',
  'توی', 'داخل', 'my', 'sent', 'sending', 'took', 'saw', 'posted', 'like', 'mifrestam', 'ferestadam');
const FILLING = words(
  'واقعی',
  'واقعیش',
  'دیگه',
  'real',
  'actual',
  'رو',
  'را',
  'یه',
  'یک',
  'هم',
  'از',
  'برام',
  'برای',
  'بهم',
  'من',
  'اون',
  'این',
  'can',
  'could',
  'you',
  'me',
  'i',
  'a',
  'an',
  'the',
  'of',
  'it',
  'its',
  'to',
  'do',
  'is',
  'are',
  'there',
  'some',
  'more',
  'ro',
  'ye',
  'baram',
);

function words(...list: string[]): ReadonlySet<string> {
  return new Set(list.flatMap(wordsOf));
}

/**
 * Tells whether a line asks the shop for a picture; `rest` is what it says besides, which may name a product. Null when it does
 * not ask for one. Pure.
 */
export function readPictureWish(line: string): { rest: string } | null {
  const said = wordsOf(line);
  if (!said.some((word) => PICTURE.test(word)) || said.some((word) => THEIRS.has(word))) return null;
  const others = said.filter((word) => !PICTURE.test(word) && !FILLING.has(word));
  const rest = others.filter((word) => !ASKING.has(word));
  // «عکس؟» alone asks as well; other words beside it name something only where somebody asks.
  if (rest.length > 0 && rest.length === others.length) return null;
  return { rest: rest.join(' ') };
}
