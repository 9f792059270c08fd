import type { Language } from '../../text/message.ts';
import { countLetters, stripInvisible } from '../../text/persian.ts';
import type { CheckResult, ReplyRequest } from '../models/model.ts';
import { findUngrounded, type Grounds } from './grounding.ts';
import { leaksPrompt } from './leaks.ts';
import { findLinks, removeUnknownLinks } from './links.ts';
import { withoutMarkup } from './markup.ts';
import { cutToBytes } from './reply-length.ts';

/** What an answer is measured against. */
export interface CheckContext {
  language: Language;
  maxReplyBytes: number;
  /** What may prove a link, a price, stock, a discount or a name. */
  grounds: Grounds;
  /** Random marker of the system prompt; a reply that holds it quotes the prompt. */
  canary: string;
  /** The fixed words of our system prompt, without the shop's notes. */
  promptText: string;
  /** Takes the place of an answer that may not be sent. */
  safeText: string;
}

export interface CheckedReply {
  /** What may be sent. Empty only when the answer was empty. */
  text: string;
  checks: CheckResult[];
  /** True when `safeText` took the answer's place. */
  replaced: boolean;
  /** Names of failed checks that a second answer of the model could mend; empty when the text may go out as it is. */
  repairable: CheckResult['name'][];
}

/** What a request holds that may prove an answer: the catalog, the shop's own words, and what the customer called things. */
export function groundsOf(request: ReplyRequest): Grounds {
  let newFrom = request.transcript.length;
  while (newFrom > 0 && request.transcript[newFrom - 1]?.author === 'customer') newFrom--;
  const earlier = request.transcript.slice(0, newFrom);
  return {
    products: request.products ?? [],
    focusIds: request.focusProductIds ?? [],
    sources: [
      ...request.businessPrompt.split('\n').filter((line) => line.trim() !== ''),
      ...request.facts,
      ...request.faqs.map((faq) => `${faq.question.replace(/[\s?؟]+$/u, '').replaceAll('\n', ' ')}?\n${faq.answer}`),
    ],
    businessName: request.businessName,
    orders: request.orders ?? [],
    asked: request.transcript.slice(newFrom).map((line) => line.text),
    said: earlier.filter((line) => line.author === 'customer').map((line) => line.text),
  };
}

/**
 * Makes a model's answer fit to be sent, or puts the safe text in its place. Pure; never throws, whatever the text.
 * Cleaned always: HTML, Markdown, control, bidi and zero-width characters. Failing for good: canary or quoted prompt, a text that
 * made no sense without its invented link, a claim that nothing proves, another language.
 */
export function checkReply(raw: string, context: CheckContext): CheckedReply {
  const checks: CheckResult[] = [];
  const failed: CheckResult['name'][] = [];
  const note = (name: CheckResult['name'], passed: boolean, why?: string) => {
    checks.push(passed || why === undefined ? { name, passed } : { name, passed, note: why });
    return passed;
  };
  const clean = cleanReply(withoutMarkup(cleanReply(raw)));
  if (!note('empty', clean !== '', 'no text')) return { text: '', checks, replaced: false, repairable: ['empty'] };
  // A leak is not repaired: the next answer of a model that was talked into one deserves no trust either.
  if (!note('canary', !leaksPrompt(clean, context), 'quotes the instructions')) return replacedBy(context, checks, []);

  const { grounds } = context;
  const addresses = [...grounds.sources, ...grounds.products.flatMap((product) => product.url ?? [])];
  const links = removeUnknownLinks(clean, addresses);
  note(
    'links',
    links.removed.length === 0,
    `${links.removed.length} removed${links.senseless ? ', nothing left to say' : ''}`,
  );
  if (links.senseless) failed.push('links');
  // What is cut off is never sent, so it need not be true.
  const text = cutToBytes(links.text, context.maxReplyBytes);
  const found = links.senseless ? [] : findUngrounded(text, grounds);
  if (!found.some((finding) => finding.check === 'prices')) note('prices', true);
  for (const finding of found) {
    note(finding.check, false, finding.note);
    failed.push(finding.check);
  }
  if (found.length === 0) note('grounding', true);
  if (!note('language', isInLanguage(links.text, context.language), `not ${context.language}`)) failed.push('language');
  if (failed.length > 0) return replacedBy(context, checks, failed);

  note('length', text === links.text, `cut to ${Buffer.byteLength(text)} of ${Buffer.byteLength(links.text)} bytes`);
  return { text, checks, replaced: false, repairable: [] };
}

function replacedBy(context: CheckContext, checks: CheckResult[], repairable: CheckResult['name'][]): CheckedReply {
  const text = cutToBytes(context.safeText, context.maxReplyBytes);
  return { text, checks, replaced: true, repairable };
}

const ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', nbsp: ' ', '#39': "'" };

/** Plain readable text: no HTML, nothing invisible, at most one empty line in a row. Idempotent. */
export function cleanReply(raw: string): string {
  let text = stripInvisible(raw);
  // Each round may uncover a tag that was written in pieces or as entities; every round shortens the text.
  for (let before = ''; before !== text; ) {
    before = text;
    text = text
      .replace(/<(script|style)\b[^>]*>[\s\S]*?<\/\1\s*>/giu, '')
      .replace(/<br\s*\/?>|<\/(?:p|div|li)>/giu, '\n')
      .replace(/<!--[\s\S]*?-->|<[a-z/!?][^<>]*>/giu, '')
      .replace(/<(?=[a-z/!?])/giu, '')
      // Escaped many times over, it would take as many rounds.
      .replace(/&(?:amp;){2,}/gu, '&amp;')
      .replace(/&(amp|lt|gt|quot|nbsp|#39);/gu, (_, name: string) => ENTITIES[name] ?? '');
    text = stripInvisible(text);
  }
  return text
    .replace(/[ \t\u00a0]+/g, ' ')
    .replace(/ ?\n ?/g, '\n')
    .replace(/\n{3,}/g, '\n\n')
    .trim();
}

/** More than half of the letters outside links must be of the customer's script; a reply without letters passes. */
function isInLanguage(text: string, language: Language): boolean {
  let prose = text;
  for (const link of findLinks(text)) prose = prose.replaceAll(link, ' ');
  const { persian, latin } = countLetters(prose);
  if (persian + latin === 0) return !/\p{L}/u.test(prose);
  return language === 'fa' ? persian >= latin : latin >= persian;
}
