import type { ChannelLimits } from '../channels/channel-rules.ts';
import { createFaqMatcher } from '../faqs/faq-match.ts';
import type { KnownProduct } from '../replies/known-product.ts';
import type { Faq } from '../replies/models/model.ts';
import { factsOf, lineOf, type Say } from '../replies/product-line.ts';
import type { PromptStore } from '../replies/prompts/prompts.ts';
import { askWithChoices } from '../text/choices.ts';
import type { Button, Card, Language, OutboundContent, QuickReply } from '../text/message.ts';

/** A product as a customer is shown it. */
export interface ShownProduct extends KnownProduct {
  imageUrl: string | null;
  imageUrls: readonly string[];
}

export interface CatalogReply {
  contents: OutboundContent[];
  /** Its words, as the transcript and the loop breaker know them. */
  text: string;
  promptVersion: string;
}

export interface CatalogReplyInput {
  products: readonly ShownProduct[];
  /** Shown behind the others as a suggestion. */
  companions: readonly ShownProduct[];
  /** False: they are only like what was asked for, and that is said. */
  isExact: boolean;
  /** An answer of its own that goes before what is shown. */
  lead?: string;
  /** Of the channel; zero where it has none of them. */
  limits: Pick<ChannelLimits, 'maxCards' | 'maxButtons' | 'mediaKinds'>;
  language: Language;
}

/** A list longer than this is no answer in a chat. */
const MAX_IN_TEXT = 3;

/** The catalog's way of speaking: what activities need of it, made once with the prompts. */
export interface CatalogVoice {
  /**
   * An answer of the catalog's own words: cards where the channel has them, else buttons, else text. Prices are the
   * catalog's, links are product pages, stock is told as yes or no. Pure.
   */
  show(input: CatalogReplyInput): CatalogReply;
  /** The pictures that a customer asked for, then what they show. Pure. */
  showPictures(input: Omit<CatalogReplyInput, 'companions' | 'isExact'>): CatalogReply;
  /** Words alone, which name everything that they are about; with what a question can be answered with. Pure. */
  tell(text: string, language: Language, choices?: readonly QuickReply[]): CatalogReply;
  /** Says honestly that the shop has no such thing. */
  findNothing(language: Language, inPicture?: boolean): CatalogReply;
  /** Tells whether the shop's own questions and answers answer a line. */
  isAnsweredByShop(line: string, faqs: readonly Faq[]): boolean;
}

/** Makes the catalog's voice from the texts of the builtin responder. */
export function createCatalogVoice(prompts: PromptStore): CatalogVoice {
  const matchFaq = createFaqMatcher();
  return {
    show: (input) => buildCatalogReply(input, prompts),
    showPictures: (input) => buildPictureReply(input, prompts),
    tell: (text, language, choices = []) => ({
      contents: [askWithChoices(text, choices)],
      text,
      promptVersion: prompts.texts('builtin', language).version,
    }),
    findNothing: (language, inPicture = false) => {
      const { version, texts } = prompts.texts('builtin', language);
      const text = texts[inPicture ? 'photo_not_found' : 'product_not_found']?.[0] ?? '';
      return { contents: [{ kind: 'text', text }], text, promptVersion: version };
    },
    isAnsweredByShop: (line, faqs) => matchFaq(line, faqs) !== null,
  };
}

function buildCatalogReply(input: CatalogReplyInput, prompts: PromptStore): CatalogReply {
  const { version, texts } = prompts.texts('builtin', input.language);
  const say = (key: string): string => texts[key]?.[0] ?? '';
  const lead = input.lead ?? (input.isExact ? '' : say('product_near'));
  const contents =
    input.limits.maxCards > 0
      ? asCards(input, lead, say)
      : input.limits.maxButtons > 0
        ? asButtons(input, lead, say)
        : asText(input, lead, say);
  const lines = [...input.products, ...input.companions].map((product) => lineOf(product, input.language, say));
  return { contents, text: [lead, ...lines].filter(Boolean).join('\n'), promptVersion: version };
}

function asCards(
  { products, companions, language, limits }: CatalogReplyInput,
  lead: string,
  say: Say,
): OutboundContent[] {
  const suggestion = say('cross_sell_lead').replace(/[:：]\s*$/u, '');
  const cards = [
    ...products.map((product) => cardOf(product, language, say, '')),
    ...companions.map((product) => cardOf(product, language, say, `${suggestion}: `)),
  ].slice(0, limits.maxCards);
  return [{ kind: 'cards', cards, ...(lead ? { text: lead } : {}) }];
}

function cardOf(product: ShownProduct, language: Language, say: Say, prefix: string): Card {
  const buttons = buttonsOf(product, say);
  return {
    title: product.title,
    subtitle: prefix + factsOf(product, language, say),
    ...(product.imageUrl ? { imageUrl: product.imageUrl } : {}),
    ...(buttons.length > 0 ? { buttons } : {}),
  };
}

/** Where there are no cards, the picture of a product goes before its words. */
function pictureOf({ products, limits }: CatalogReplyInput): OutboundContent[] {
  const [only, ...others] = products;
  const url = limits.mediaKinds.includes('image') && others.length === 0 ? only?.imageUrl : null;
  return url ? [{ kind: 'image', url }] : [];
}

const MAX_PICTURES = 4;

/** One product is shown from all sides, several with a picture each. */
function buildPictureReply(
  { products, limits, language }: Omit<CatalogReplyInput, 'companions' | 'isExact'>,
  prompts: PromptStore,
): CatalogReply {
  const { version, texts } = prompts.texts('builtin', language);
  const say = (key: string): string => texts[key]?.[0] ?? '';
  const [first, ...others] = products;
  const urls =
    others.length > 0 ? products.flatMap(({ imageUrls }) => imageUrls.slice(0, 1)) : (first?.imageUrls ?? []);
  const pictures = urls.slice(0, MAX_PICTURES).map((url): OutboundContent => ({ kind: 'image', url }));
  const text = products.map((product) => lineOf(product, language, say)).join('\n');
  const buttons = others.length > 0 || !first || limits.maxButtons === 0 ? [] : buttonsOf(first, say);
  const words: OutboundContent = buttons.length > 0 ? { kind: 'buttons', text, buttons } : { kind: 'text', text };
  return { contents: [...pictures, words], text, promptVersion: version };
}

function buttonsOf(product: ShownProduct, say: Say): Button[] {
  const buttons: Button[] = [];
  if (product.url) buttons.push({ type: 'web_url', title: say('product_view'), url: product.url });
  if (product.available !== false)
    buttons.push({ type: 'postback', title: say('product_ask'), payload: `product:${product.id}` });
  return buttons;
}

/** Some channels have buttons and no cards: the list as text, a button for each page. */
function asButtons(input: CatalogReplyInput, lead: string, say: Say): OutboundContent[] {
  const { products, language, limits } = input;
  const shown = products.slice(0, limits.maxButtons);
  const text = [lead, ...shown.map((product) => lineOf(product, language, say))].filter(Boolean).join('\n');
  const buttons = shown.flatMap((product): Button[] =>
    product.url ? [{ type: 'web_url', title: product.title, url: product.url }] : [],
  );
  return [...pictureOf(input), buttons.length > 0 ? { kind: 'buttons', text, buttons } : { kind: 'text', text }];
}

function asText(input: CatalogReplyInput, lead: string, say: Say): OutboundContent[] {
  const { products, language } = input;
  const lines = products.slice(0, MAX_IN_TEXT).map((product) => {
    const line = lineOf(product, language, say);
    return product.url ? `${line}\n${product.url}` : line;
  });
  return [...pictureOf(input), { kind: 'text', text: [lead, ...lines].filter(Boolean).join('\n') }];
}
