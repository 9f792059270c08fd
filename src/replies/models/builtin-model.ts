import Mustache from 'mustache';
import { parseProductQuery } from '../../catalog/search/product-query.ts';
import { createFaqMatcher, type FaqMatcher, matchFacts, subjectWords } from '../../faqs/faq-match.ts';
import { meaningsOf } from '../../faqs/meanings.ts';
import { unsaidIn } from '../../faqs/specifics.ts';
import { detectIntents, detectLanguage, GOODS_INTENTS, INTENTS, type Intent } from '../../text/intents.ts';
import type { Language } from '../../text/message.ts';
import { toLatinDigits, wordsOf } from '../../text/persian.ts';
import { readSendWish, withoutSending } from '../../text/send-wish.ts';
import { readWeekdays, tellDay } from '../business-hours.ts';
import { cleanReply } from '../checks/output-checks.ts';
import { cutToBytes } from '../checks/reply-length.ts';
import { lineOf } from '../product-line.ts';
import type { PromptStore } from '../prompts/prompts.ts';
import { readActs } from '../reading/acts.ts';
import { type Feeling, isDelighted, readSigns } from '../reading/feelings.ts';
import { readReference } from '../reading/references.ts';
import type { CheckResult, Faq, ReplyAction, ReplyModel, ReplyRequest, ReplyResult, TranscriptLine } from './model.ts';

const NAME = 'builtin';
/** A burst of more questions is answered for its first ones; the customer will ask again what was left out. */
const MAX_ANSWERS = 3;
const MAX_LINE_CHARS = 2000;
const SOCIAL: ReadonlySet<string> = new Set([
  'greeting',
  'thanks',
  'goodbye',
  'acknowledgement',
  'loved',
  'laughing',
  'sad',
  'delighted',
  'help',
  'media',
  'unsupported',
  'empty',
  'other',
  'no_need',
]);
/** After a question of these kinds, words that no rule knows are taken for the details that were asked for. */
const ASKS_DETAILS: ReadonlySet<string> = new Set([
  'price',
  'availability',
  'order',
  'booking',
  'order_status',
  'shipping',
  'discount',
]);
const ABOUT_PRODUCTS: ReadonlySet<string> = new Set(['price', 'availability', 'order']);
/** More would be a catalog and no answer. */
const MAX_PRODUCTS = 3;
/** Whatever else was written, a person is called. */
const URGENT: ReadonlySet<string> = new Set(['handoff', 'complaint', 'late', 'angry', 'waiting', 'cancel_order']);
/** Nobody but a person can do these, unless the shop's own words answer them. */
const FOR_A_PERSON: ReadonlySet<string> = new Set(['document', 'picture']);
const isForPerson = ({ intent }: Answer) => URGENT.has(intent) || FOR_A_PERSON.has(intent);
/** What signs alone are answered with, by the feeling that they tell. */
const FEELINGS: Readonly<Record<Feeling, string>> = {
  angry: 'angry',
  sad: 'sad',
  loved: 'loved',
  laughing: 'laughing',
  nodding: 'acknowledgement',
  waiting: 'waiting',
};
/** A transcript line that stands for something without words, as `[image]`. */
const MEDIA = /^\[(?:image|video|audio|file|share|story_reply)\]$/;
/** What the channel could not tell us: no file came, and no words. */
const UNREADABLE = /^\[unsupported\]$/;
const NOD = /^\[sticker\]$/;
const WORDLESS = /^\[(?:text|quick_reply|postback)\]$/;
/* biome-ignore format: a table of words. */
const ACKNOWLEDGEMENTS = new Set(['ok', 'okay', 'okey', 'yes', 'yeah', 'yep', 'no', 'nope', 'sure', 'great',
  'alright', 'fine', 'good', 'perfect', 'باشه', 'اوکی', 'اوکیه', 'حله', 'چشم', 'بله', 'آره', 'نه', 'خب', 'خوبه',
  'عالی', 'عالیه', 'درسته', 'اره'].flatMap(wordsOf));

/** «هیچی، اشتباهی فرستادم»، "just looking", «فکرامو بکنم خبر می‌دم»: nothing is wanted for now. */
/* biome-ignore format: a table of patterns. */
const NO_NEED = new RegExp(['هیچی', 'فکر(?:ام|ا|هام)?(?:م|مو|م رو)? (?:رو )?(?:می ?)?(?:ب?کنم|بکنم)', 'بعد(?:ا)? (?:خبر|پیام) (?:می ?دم|میدم)', 'خبر(?:تون)? (?:می ?دم|میدم)(?: بهتون)?$', 'بهتون (?:خبر|اطلاع) میدم',
  'اشتباه(?:ی|ا)? (?:فرستادم|پیام|زدم|شد)', 'فعلا (?:نه|هیچی|لازم ندارم)', 'فقط (?:نگاه|میخواستم ببینم)\\p{L}*', 'هنوز تصمیم', 'مشورت (?:کنم|میکنم)', '(?:دیگه )?نمی ?خوا(?:م|هم)(?: \\p{L}+)?$', '(?:don t|do not) (?:want|need) (?:it|this|that|to \\p{L}+(?: it| this| that)?)$', 'hichi', 'fek(?:r|ram) (?:\\p{L}+ )?(?:konam|bokonam)',
  'nothing(?: (?:just|thanks|really|for now))', '^nothing$', '(?:just|only) (?:looking|browsing)', '(?:i ll|let me|i will|need to|have to) think(?: about it| it over)?', '(?:get|come) back to (?:you|u)', 'sent (?:this |it )?by mistake', 'wrong (?:chat|person|number|page)', 'maybe (?:later|next time)', 'not (?:now|today)']
  .map((one) => `(?<!\\p{L})(?:${one})(?!\\p{L})`).join('|'), 'u');
/** Asks, with or without a mark. */
const ASKS =
  /[?؟]|(?<!\p{L})(?:چند\p{L}*|چقد\p{L}*|کی|کجا\p{L}*|چی\p{L}*|چه|آیا|کدوم\p{L}*|چطور\p{L}*|چرا|دار(?:ید|ین|ه)|می ?ش(?:ه|ود)|هست|how|what|when|where|which|why|who|do|does|can|is|are|chand\p{L}*|cheghadr\p{L}*|key|koja\p{L}*|chi|chera|chetor\p{L}*|dar(?:id|in|e)|mishe)(?!\p{L})/u;
/** A policy is asked for, where a cancellation is spoken of: «بیعانه‌م برمی‌گرده؟». */
const ASKS_TERMS = /[?؟]|(?<!\p{L})(?:چی می ?شه|برمی ?گرد\p{L}*|می ?شه|what happens|can i)(?!\p{L})/u;
/** So much of a question is said back. */
const MAX_ASKED = 80;

interface Answer {
  intent: string;
  text: string;
  /** The shop's own answer, so that nobody need be called for it. */
  isOfShop?: boolean;
  /** Somebody of the shop has to answer it, wholly or besides. */
  isUnanswered?: boolean;
}

/**
 * The responder that needs no model: rules, the shop's FAQs and the given facts. The same request always gets the same
 * reply. It never states a price, stock or a free time of its own. Never throws and takes well under 2 ms.
 */
export function createBuiltinModel(prompts: PromptStore): ReplyModel {
  const matchFaq = createFaqMatcher();
  return {
    name: NAME,
    reply: async (request) => answerByRules(request, prompts, matchFaq),
  };
}

function answerByRules(request: ReplyRequest, prompts: PromptStore, matchFaq: FaqMatcher): ReplyResult {
  const started = performance.now();
  const { version, texts } = prompts.texts(NAME, request.language);
  const say = (key: string, seed: string) => pickText(texts[key] ?? texts.other ?? [], seed, request);
  const burst = lastBurst(request.transcript);
  const lines = burst.length > 0 ? burst : [''];
  const earlier = intentsBefore(request.transcript, burst.length);
  const intents = new Set(lines.flatMap(detectIntents));

  const tools = { say, matchFaq, texts };
  const answers = lines.flatMap((line) => answerLine(line, request, earlier, tools));
  const person = answers.find((answer) => !answer.isOfShop && isForPerson(answer));
  const chosen = person ? [person] : chooseAnswers(answers);
  const greets = intents.has('greeting') && !chosen.some((answer) => answer.intent === 'greeting');
  const parts = [...(greets ? [say('greeting_prefix', '')] : []), ...chosen.map((answer) => answer.text)];
  const full = cleanReply(parts.join(chosen.length > 1 ? '\n' : ' '));
  const text = cutToBytes(full, request.maxReplyBytes);

  const action: ReplyAction = person ? 'handoff' : 'reply';
  const checks: CheckResult[] = [
    { name: 'empty', passed: text !== '' },
    { name: 'length', passed: text === full },
  ];
  return {
    proposal: {
      ...{ text, action, purchaseIntent: intents.has('order'), intent: person?.intent ?? mainIntent(chosen) },
      ...(chosen.some(({ isUnanswered }) => isUnanswered) ? { isUnanswered: true } : {}),
    },
    promptName: NAME,
    promptVersion: version,
    usage: [
      {
        provider: NAME,
        model: NAME,
        inputTokens: 0,
        outputTokens: 0,
        costMicros: 0,
        latencyMs: Math.round(performance.now() - started),
      },
    ],
    checks,
    replaced: false,
  };
}

/** The customer's last lines, oldest first: everything since the shop last spoke. */
function lastBurst(transcript: readonly TranscriptLine[]): string[] {
  let from = transcript.length;
  while (from > 0 && transcript[from - 1]?.author === 'customer') from--;
  return transcript.slice(from).map((line) => line.text.slice(0, MAX_LINE_CHARS));
}

/** What the customer wanted in the burst before this one. */
function intentsBefore(transcript: readonly TranscriptLine[], burstLength: number): Intent[] {
  let end = transcript.length - burstLength;
  while (end > 0 && transcript[end - 1]?.author === 'shop') end--;
  return lastBurst(transcript.slice(0, end)).flatMap((line) => [
    ...detectIntents(line),
    ...(meaningsOf(line).has('hours') ? (['hours'] as const) : []),
  ]);
}

interface Tools {
  say: (key: string, seed: string) => string;
  matchFaq: FaqMatcher;
  texts: Readonly<Record<string, readonly string[]>>;
}

function answerLine(line: string, request: ReplyRequest, earlier: readonly Intent[], tools: Tools): Answer[] {
  const { say, matchFaq } = tools;
  const answer = (key: string, intent: string = key) => [{ intent, text: say(key, line) }];
  const trimmed = line.trim();
  if (MEDIA.test(trimmed)) return answer('media');
  if (UNREADABLE.test(trimmed)) return answer('unsupported');
  if (NOD.test(trimmed)) return answer('acknowledgement');
  if (WORDLESS.test(trimmed)) return answer('empty');
  const words = wordsOf(trimmed);
  if (words.length === 0) return answerSigns(trimmed, request, earlier, tools);
  const intents = detectIntents(trimmed);
  const urgent = intents.find((intent) => URGENT.has(intent) || intent === 'bot_question');
  const terms =
    urgent === 'cancel_order' && ASKS_TERMS.test(trimmed.toLowerCase()) ? matchFaq.all(trimmed, request.faqs) : [];
  const isOfTerms = terms.some(
    ({ question }) => meaningsOf(question).has('cancelling') || meaningsOf(question).has('deposit'),
  );
  if (urgent && !isOfTerms) return answer(urgent);

  // "love it, fastest delivery ever" asks nothing of delivery.
  if (intents.every((one) => SOCIAL.has(one) || one === 'shipping') && isDelighted(trimmed)) return answer('delighted');
  // «می‌فرستید» in a wish to be shown something is no question of delivery.
  const isShown = readSendWish(words)?.isShipping === false;
  const intent = intents.find((candidate) => !SOCIAL.has(candidate));
  const meanings = meaningsOf(trimmed);
  const days = daysAsked(trimmed, meanings.has('hours'), request, earlier, request.language);
  const matched = matchFaq.all(isShown ? withoutSending(trimmed) : trimmed, request.faqs);
  // A day's own hours say more than the shop's words on all of them.
  const faqs = days.length > 0 ? matched.filter(({ question }) => !meaningsOf(question).has('hours')) : matched;
  const told = [...days, ...faqs.map((faq) => tellFaq(faq, request, say))].join('\n');
  if (readActs(trimmed).includes('deadline') && !meanings.has('hours')) {
    const promise = faqs.length > 0 ? `${told} ${say('deadline', line)}` : say('deadline_unknown', line);
    return [{ intent: 'deadline', text: promise, isOfShop: true }];
  }
  const unsaid = told === '' ? null : unsaidIn(trimmed, told);
  if (unsaid !== null) {
    const lead = say('shop_silent', line).replace(ASKED, () => askedOf(unsaid));
    return [{ intent: intent ?? 'faq', text: `${lead} ${told}`, isOfShop: true, isUnanswered: true }];
  }
  if (told !== '') return [{ intent: intent ?? 'faq', text: told, isOfShop: true }];
  if (meanings.has('ordering')) return answer('ordering', 'order');
  const facts = factsFor(meanings.has('hours') ? 'hours' : intent, trimmed, request.facts);
  if (facts.length > 0)
    return [{ intent: intent ?? 'other', text: `${say('facts_lead', '')} ${facts.join('\n')}`, isOfShop: true }];
  const products = (request.products ?? []).slice(0, MAX_PRODUCTS);
  if (products.length > 0 && (intent === undefined || ABOUT_PRODUCTS.has(intent))) {
    const lines = products.map((product) => lineOf(product, request.language, (key) => say(key, '')));
    return [{ intent: intent ?? 'other', text: `${say('product_lead', line)}\n${lines.join('\n')}` }];
  }
  // «پارکینگ دارید؟» asks for a service, whatever its words are.
  if (isOfGoods(intent) && meanings.size > 0) return unknown(trimmed, line, say);
  if (intent === 'price' && namesSomething(trimmed))
    return [{ intent, text: say('price_named', line), isUnanswered: true }];
  if (intent && UNANSWERED.has(intent)) return [{ intent, text: say(intent, line), isUnanswered: true }];
  if (intent) return answer(intent);
  if (NO_NEED.test(words.join(' '))) return answer('no_need');
  // «سلام، روی کیک هم می‌نویسید؟» greets and asks.
  if (intents[0] && !asksBesides(trimmed)) return answer(intents[0]);
  if (words.every((word) => ACKNOWLEDGEMENTS.has(word))) return answer('acknowledgement');
  if (gaveDetails(request, earlier, tools)) return answer('details');
  if (words.length < 2 && !asksWithAWord(trimmed)) return answer('other');
  if (!ASKS.test(trimmed.toLowerCase()) && words.length > MAX_NAME_WORDS) return answer('passed_on');
  return unknown(trimmed, line, say);
}

/** A question mark behind at least two letters. No pattern of both: on a long line without a mark it would look from each letter on. */
function asksWithAWord(line: string): boolean {
  const mark = Math.max(line.lastIndexOf('?'), line.lastIndexOf('؟'));
  return mark > 0 && /\p{L}{2}/u.test(line.slice(0, mark));
}

/** Whatever is asked of these where the shop wrote no answer, somebody has to say. */
const UNANSWERED: ReadonlySet<string> = new Set([
  'return',
  'warranty',
  'discount',
  'shipping',
  'payment',
  'hours',
  'address',
]);
const isOfGoods = (intent: Intent | undefined): boolean => intent !== undefined && GOODS_INTENTS.has(intent);

/** The question is said back, and that somebody has it. */
function unknown(trimmed: string, line: string, say: Tools['say']): Answer[] {
  if (NOT_SAID_BACK.test(toLatinDigits(trimmed))) return [{ intent: 'unknown', text: say('unknown_plain', line) }];
  return [{ intent: 'unknown', text: say('unknown', line).replace(ASKED, () => askedOf(trimmed)) }];
}

/** A wish of more words is a story. */
const MAX_NAME_WORDS = 6;
const ASKED = '{asked}';
/** Addresses, phones and amounts are nobody's to repeat. */
const NOT_SAID_BACK = /https?:|www\.|@|\d{4,}|\d[\d\s-]{6,}/u;

/** The customer's question, to be said back. */
function askedOf(line: string): string {
  const plain = line.replace(/\s+/g, ' ').replace(/[?؟!.،,\s]+$/u, '');
  return plain.length > MAX_ASKED ? `${plain.slice(0, MAX_ASKED).trim()}…` : plain;
}

/** More words than a courtesy has, and a question among them. */
function asksBesides(line: string): boolean {
  return ASKS.test(line.toLowerCase()) && subjectWords(line).length > 2;
}

/** The shop's last words asked for them. */
function gaveDetails({ transcript }: ReplyRequest, earlier: readonly Intent[], { texts }: Tools): boolean {
  const said = transcript.findLast(({ author }) => author === 'shop')?.text ?? '';
  const asked = /[?؟]\s*$/u.test(said);
  return earlier.some(
    (intent) => ASKS_DETAILS.has(intent) && (asked || (texts[intent] ?? []).some((wording) => said.includes(wording))),
  );
}

/** The hours of the days that are asked for; «جمعه چی؟» behind a question of hours asks for them as well. */
function daysAsked(
  line: string,
  asksHours: boolean,
  { hours }: ReplyRequest,
  earlier: readonly Intent[],
  language: Language,
): string[] {
  if (!hours) return [];
  const days = readWeekdays(line, hours.today);
  const goesOn = earlier.includes('hours') && wordsOf(line).length <= 3;
  return asksHours || goesOn ? days.map((day) => tellDay(hours.times, day, language)) : [];
}

/**
 * Signs alone: somebody nods, laughs, is angry, or asks once more with a «؟». Where the shop's last words were a question of
 * ours, it is put in other words; any other answer was not enough, and a person goes on.
 */
function answerSigns(line: string, request: ReplyRequest, earlier: readonly Intent[], { say, texts }: Tools): Answer[] {
  const feeling = readSigns(line);
  if (feeling === null) return [{ intent: 'empty', text: say('empty', line) }];
  if (feeling === 'waiting') {
    const said = request.transcript.findLast(({ author }) => author === 'shop')?.text ?? '';
    const asked = earlier.find((intent) => ASKS_DETAILS.has(intent));
    const wordings = (asked && texts[asked]) || [];
    if (asked && wordings.length > 1 && wordings.some((wording) => said.includes(wording)))
      return [{ intent: asked, text: say(asked, line) }];
    if (said === '') return [{ intent: 'other', text: say('other', line) }];
  }
  const key = FEELINGS[feeling];
  return [{ intent: key, text: say(key, line) }];
}

/** The shop's own words; in another language than the customer's they are said to be the shop's. */
function tellFaq({ answer }: Faq, { language }: ReplyRequest, say: Tools['say']): string {
  const written = detectLanguage(answer);
  return written === null || written === language ? answer : `${say('faq_foreign', '')} ${answer}`;
}

/** Facts of the same kind where it has one answer, else those that speak of what is named. */
function factsFor(intent: Intent | undefined, line: string, facts: readonly string[]): string[] {
  if (intent === 'booking' || intent === 'order_status') return [];
  if (intent === 'hours') return facts.filter((fact) => detectIntents(fact).includes('hours'));
  return matchFacts(line, facts);
}

/** Something is named beside the words of a price question. */
function namesSomething(text: string): boolean {
  return parseProductQuery(readReference(text)?.rest ?? text).words.length > 0;
}

/** Without repetition; a greeting, thanks or "I did not understand" gives way to answers that say something. */
function chooseAnswers(answers: readonly Answer[]): Answer[] {
  const unique = answers.filter(
    (answer, at) =>
      answers.findIndex(
        (other) =>
          other.text === answer.text || (other.intent === answer.intent && !(other.isOfShop && answer.isOfShop)),
      ) === at,
  );
  const telling = unique.filter((answer) => !SOCIAL.has(answer.intent));
  if (telling.length > 0) return telling.slice(0, MAX_ANSWERS);
  const known = unique.filter((answer) => !['other', 'empty', 'unsupported'].includes(answer.intent));
  return (known.length > 0 ? known : unique).slice(0, 1);
}

function mainIntent(answers: readonly Answer[]): string {
  const rank = (intent: string) => (INTENTS as readonly string[]).indexOf(intent);
  const known = answers.map((answer) => answer.intent).filter((intent) => rank(intent) >= 0);
  return known.sort((a, b) => rank(a) - rank(b))[0] ?? answers[0]?.intent ?? 'other';
}

const NAMELESS: Readonly<Record<Language, string>> = { fa: 'فروشگاه ما', en: 'our shop' };

/** One of the wordings, always the same for the same seed, but not what the shop said last. */
function pickText(wordings: readonly string[], seed: string, request: ReplyRequest): string {
  const businessName = request.businessName.trim() || NAMELESS[request.language];
  const rendered = wordings.map((wording) =>
    Mustache.render(wording, { businessName, asked: ASKED }, {}, { escape: String }),
  );
  const said = request.transcript.findLast((line) => line.author === 'shop')?.text ?? '';
  const fresh = rendered.filter((wording) => !said.includes(wording));
  const choice = fresh.length > 0 ? fresh : rendered;
  let hash = 0;
  for (let at = 0; at < seed.length; at++) hash = (Math.imul(hash, 31) + seed.charCodeAt(at)) >>> 0;
  return choice[hash % Math.max(choice.length, 1)] ?? '';
}
