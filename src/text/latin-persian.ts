/**
 * Persian as customers type it with Latin letters: «kif zanane» for «کیف زنانه». There is no one spelling, and short vowels
 * have no letter of their own in Persian, so a Latin word is read as a pattern of the Persian words it may mean. Pure.
 */

/** Longer spellings first. A short vowel may stand for a letter or for none. */
const LETTERS: readonly (readonly [latin: string, persian: string])[] = [
  ['kh', 'خ'],
  ['sh', 'ش'],
  ['ch', 'چ'],
  ['gh', '[قغ]'],
  ['zh', 'ژ'],
  ['aa', '[اع]{1,2}'],
  ['ay', 'ا?ی'],
  ['ai', 'ا?ی'],
  ['ei', 'ی'],
  ['ey', 'ی'],
  ['ee', 'ی'],
  ['iy', 'ی'],
  ['oo', 'و'],
  ['ou', 'و'],
  ['a', '[اعه]?'],
  ['e', '[یعه]?'],
  ['i', 'ی'],
  ['o', '[وع]?'],
  ['u', 'و'],
  ['b', 'ب'],
  ['c', 'ک'],
  ['d', 'د'],
  ['f', 'ف'],
  ['g', '[گقغ]'],
  ['h', '[هح]'],
  ['j', '[جژ]'],
  ['k', 'ک'],
  ['l', 'ل'],
  ['m', 'م'],
  ['n', 'ن'],
  ['p', 'پ'],
  ['q', '[قغ]'],
  ['r', 'ر'],
  ['s', '[سصث]'],
  ['t', '[تط]'],
  ['v', 'و'],
  ['w', 'و'],
  ['x', '(?:خ|کس)'],
  ['y', 'ی'],
  ['z', '[زذضظ]'],
];

/** A word does not begin with a vowel in Persian writing: alef or ain carries it. */
const CARRIER = '[اع]';
const VOWEL = /^[aeiou]/;
/** Plural, «your», and the vowel that ties a word to the next («kafshe mardane»). */
const ENDINGS = ['hatoon', 'hatun', 'haye', 'hay', 'ha', 'etoon', 'etun', 'ye', 'e'];
const SHORTEST = 3;
const LONGEST = 20;

/**
 * A regular expression (the same to PostgreSQL and to JavaScript) of the Persian words, in matching form, that a Latin word
 * may stand for; null for what is too short or too long to tell, and for what is no Latin word.
 */
export function persianPattern(word: string): string | null {
  if (!/^[a-z]+$/.test(word) || word.length < SHORTEST || word.length > LONGEST) return null;
  const ending = ENDINGS.find((end) => word.endsWith(end) && word.length - end.length >= SHORTEST);
  const spellings = ending ? [spell(word), spell(word.slice(0, -ending.length))] : [spell(word)];
  return `^(?:${spellings.join('|')})$`;
}

function spell(word: string): string {
  let pattern = VOWEL.test(word) ? CARRIER : '';
  // A doubled consonant is written once.
  let rest = word.replace(/([^aeiou])\1/g, '$1');
  // After its carrier a short vowel has no letter of its own.
  if (/^[aeo](?![aeiouy])/.test(rest)) rest = rest.slice(1);
  while (rest !== '') {
    const [latin, persian] = LETTERS.find(([spelling]) => rest.startsWith(spelling)) as (typeof LETTERS)[number];
    pattern += persian;
    rest = rest.slice(latin.length);
  }
  return pattern;
}

/* biome-ignore format: a table of words. */
const ENGLISH = new Set(['the', 'is', 'are', 'you', 'your', 'my', 'we', 'our', 'it', 'its', 'of', 'for', 'with', 'what', 'whats', 'which',
  'how', 'can', 'could', 'would', 'please', 'pls', 'this', 'that', 'these', 'those', 'have', 'has', 'got', 'any', 'some', 'want', 'need',
  'looking', 'i', 'and', 'show', 'price', 'cost', 'much', 'buy', 'order', 'available', 'stock', 'send', 'now', 'today', 'but', 'not', 'hello', 'hi',
  'wait', 'or', 'big', 'small', 'good', 'bad', 'thanks', 'one', 'from', 'when', 'where', 'do', 'does']);

/** Words that only Persian in Latin letters has. */
/* biome-ignore format: a table of words. */
const LATIN_PERSIAN: ReadonlySet<string> = new Set(['salam', 'gheymat', 'gheymate', 'gheymatesh', 'qeymat', 'gheimat', 'gheimate', 'ghimat',
  'chande', 'chandeh', 'cheghadr', 'darid', 'darin', 'mikham', 'mikhamesh', 'mikhastam', 'mikharam', 'nemikham', 'bekharam', 'sefaresh', 'mersi',
  'mamnoon', 'mamnun', 'lotfan', 'khoobi', 'khobi', 'chetori', 'khodahafez', 'takhfif', 'ersal', 'mojoode', 'mojood', 'kojast', 'baleh', 'komak',
  'baraye', 'chie', 'chiye', 'hamin', 'doone', 'laghv', 'sefaresham', 'mardane', 'zanane', 'esmam', 'chi', 'chand', 'chetor', 'kodoom', 'rang', 'saiz',
  'moshtari', 'foroosh', 'foroushgah', 'maghaze', 'kharid', 'bekharim', 'pardakht', 'aks', 'axesh', 'aksesh', 'bebakhshid', 'lotf', 'khahesh', 'agha', 'khanoom',
  'khanom', 'dastetoon', 'merci', 'kheili', 'kheyli', 'hast', 'nist', 'dare', 'nadare', 'darim', 'hastid', 'hastin', 'emrooz', 'emroz', 'farda', 'dirooz', 'alan',
  'hanooz', 'hanuz', 'faghat', 'bishtar', 'kamtar', 'arzoon', 'geroon', 'vase', 'ino', 'oono', 'inja', 'koja', 'chera', 'baa', 'shoma', 'sefareshe', 'ferestadid',
  'bud', 'bood', 'nabud', 'nabood', 'boodam', 'asan', 'aslan', 'asle', 'asl', 'dige', 'digeh', 'yakhchal', 'shirini', 'taze', 'tazeh', 'mojude', 'kheili', 'vali', 'doost', 'doostam',
  'khub', 'khoob', 'nobat', 'nakhon', 'nakhoon', 'aroos', 'chikar', 'konam', 'konid', 'konin', 'kardam', 'kardid', 'shod', 'shode', 'bede', 'bedid', 'bedin', 'lazem', 'kasi', 'hichi', 'chizi',
  'rooye', 'ruye', 'tooye', 'sefid', 'meshki', 'ghermez', 'tavalod', 'keyk', 'poolam', 'saat', 'rooz', 'hafte', 'shanbe', 'jome', 'panjshanbe', 'payam', 'javab', 'montazeram', 'moshkel', 'kharab', 'daram',
  'nadari', 'nadarid', 'bebinam', 'befrest', 'azam', 'baram', 'barash', 'mano', 'mishe', 'nemishe', 'miad', 'miyad', 'nemiad', 'mirese', 'nemirese', 'hamoon', 'oon', 'kojae', 'kojaid', 'kojaein', 'peyk',
  'mojoodeh', 'hajm', 'hajmesh', 'mimoone', 'mimune', 'mimone', 'vaghti', 'kohne',
  'zire', 'hezar', 'tooman', 'garanti', 'tahvil', 'marjoo', 'adres', 'shomare']);
/** «nemifrestid», «mikhastam», «befrestin»: verbs that no other language writes so. */
const VERB =
  /^(?:ne)?mi(?:kh|fr|d|sh|t|k|g|b|r)[a-z]{2,}$|^(?:ne)?mi(?:moon|mun|mon|zan|paz|pors|saz|foroosh|forush|ar|toon|tun)[a-z]{1,4}$|^(?:be|bi)(?:frest|kha|d|g|bin)[a-z]*(?:id|in|am|im)$/;
/** English words that look like such verbs. */
const NO_VERB = new Set([
  'middle',
  'middles',
  'midday',
  'midnight',
  'midsize',
  'mirror',
  'mirrors',
  'mirage',
  'mitten',
  'mittens',
  'might',
  'mighty',
  'migrate',
  'mike',
  'mishap',
  'begin',
]);
/** «hajmesh», «rangetoon»: "its size", "your colour". */
const POSSESSED = /^(?!fresh|refresh|flesh|thresh|afresh|enmesh)[a-z]{3,}(?:esh|etoon|etun|eshoon|eshun)$/;
const PLURAL = /^[a-z]{2,}(?:ha|haye|hatoon)$/;

const isPersianWord = (word: string): boolean =>
  LATIN_PERSIAN.has(word) || POSSESSED.test(word) || (VERB.test(word) && !NO_VERB.has(word));

/**
 * Whether the Latin words of a message are Persian: one that only Persian has, unless more of them are only English («toman» and
 * «kif» stand in English sentences, too). In matching form.
 */
export function isLatinPersian(words: readonly string[]): boolean {
  const persian = words.filter(isPersianWord).length;
  return persian > 0 && persian >= words.filter((word) => ENGLISH.has(word)).length;
}

/**
 * What the Latin words of a message are, by its words in matching form: `english` with a word that only English has,
 * `persian` with one that only Persian has, else `unknown`.
 */
export function readLatin(words: readonly string[]): 'persian' | 'english' | 'unknown' {
  if (words.some((word) => ENGLISH.has(word))) return 'english';
  const tells = (word: string) => isPersianWord(word) || PLURAL.test(word) || /[\u0600-\u06ff]/.test(word);
  return words.some(tells) ? 'persian' : 'unknown';
}
