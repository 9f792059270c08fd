import { detectIntents, GOODS_INTENTS, type Intent, SOCIAL_INTENTS } from '../../text/intents.ts';
import { wordsOf } from '../../text/persian.ts';
import { type AttributeWish, hasWish, readAttributeWish } from '../attributes/customer-words.ts';
import { readTopics } from '../attributes/topics.ts';
import { readPictureWish } from './picture-wish.ts';
import { type ProductQuery, parseProductQuery } from './product-query.ts';

/** What a burst asks of the catalog. */
export interface ProductQuestion {
  query: ProductQuery;
  /** The lines that it is read from. */
  text: string;
  /** A price or whether something is there was asked for, in words. */
  isExplicit: boolean;
  /** It names no product: «قیمتش چنده؟» means what was shown or spoken of last. */
  isAboutFocus: boolean;
  /** Nothing but products was asked, so that the catalog alone can answer. */
  isAlone: boolean;
  /** Positions of the lines that it is all of: those about products, and courtesies. */
  covers: readonly number[];
  /** It is to be seen: «عکسش رو بفرست». */
  wantsPictures: boolean;
}

/** A longer message that asks no price is a story, not a name. */
const MAX_NAME_WORDS = 6;

/** True when a picture comes with no words but a price question: only the picture tells what is meant. Pure. */
export function isPictureAlone(lines: readonly string[]): boolean {
  const question = readProductQuestion(lines.filter((line) => !/^\[[a-z_]+\]$/.test(line.trim())));
  if (question) return question.isAboutFocus && question.isAlone;
  return lines.every((line) => line.trim() === '');
}

/** Reads the lines of a burst together: «کیف مهتاب» and «چنده؟» are one question. Null when none is about a product. Pure. */
export function readProductQuestion(lines: readonly string[]): ProductQuestion | null {
  const read = lines
    .map((line, position) => ({ position, ...readLine(line) }))
    .filter(({ given }) => given.trim() !== '');
  const others = read.filter(({ intents }) =>
    intents.some((intent) => !GOODS_INTENTS.has(intent) && !SOCIAL_INTENTS.has(intent)),
  );
  const asking = read.filter(
    ({ wantsPictures, intents }) => wantsPictures || intents.some((intent) => GOODS_INTENTS.has(intent)),
  );
  // «تخفیف هم دارید؟» asks for no product where another line does.
  const pure = asking.filter((line) => !others.includes(line));
  const asks = pure.length > 0 ? pure : asking;
  const plain = read.filter(
    (line) => !asks.includes(line) && line.intents.every((intent) => SOCIAL_INTENTS.has(intent)),
  );
  const text = [...asks, ...plain].map(({ line }) => line).join('\n');
  const query = parseProductQuery(text);
  // Colours and sizes alone name no product: they are asked of the one that is spoken of.
  const names = query.words.some((word) => !query.soft.has(word)) || query.minPrice !== null || query.maxPrice !== null;
  if (asks.length === 0 && (!names || query.words.length > MAX_NAME_WORDS || read.length === 0)) return null;
  return {
    query,
    text,
    isExplicit: asks.length > 0,
    isAboutFocus: !names,
    isAlone: others.length === 0,
    covers: pure.length > 0 ? [...pure, ...plain].map(({ position }) => position) : [],
    wantsPictures: read.some(({ wantsPictures }) => wantsPictures),
  };
}

/** `line` without the words that only ask for a picture: they name no product, and «بفرستید» asks for no delivery there. */
function readLine(given: string) {
  const wish = readPictureWish(given);
  const line = wish?.rest ?? given;
  const attributes = readAttributeWish(line);
  return {
    given,
    line,
    wantsPictures: wish !== null,
    intents: hasWish(attributes) ? intentsAround(line, attributes) : intentsBesideTopics(line),
  };
}

/** «قدش تا کجاست؟» asks for no address. */
function intentsBesideTopics(line: string): Intent[] {
  const { topics, rest } = readTopics(line);
  const intents = detectIntents(line);
  if (topics.length === 0) return intents;
  const left = new Set(detectIntents(rest));
  return intents.filter((intent) => left.has(intent) || GOODS_INTENTS.has(intent));
}

/** A question of the warranty is about a product, and asks for no return: only what is said besides it has an intent of its own. */
function intentsAround(line: string, { asking }: AttributeWish): Intent[] {
  const rest = wordsOf(line)
    .filter((word) => !asking.has(word))
    .join(' ');
  return [...new Set<Intent>([...detectIntents(rest), 'availability'])];
}
