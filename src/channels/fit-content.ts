import type { Button, Card, OutboundContent, QuickReply } from '../text/message.ts';
import type { ChannelLimits } from './channel-rules.ts';
import { cleanText } from './inbound-text.ts';
import { shortenText, splitText, type TextLimit } from './split-text.ts';

/** What a channel of Meta's family allows beyond the limits that the panel shows. */
export interface FitLimits extends ChannelLimits {
  /** Text above buttons, in UTF-16 units; `maxText` holds as well. */
  maxButtonText: number;
  /** Title and subtitle of a card, in graphemes. */
  maxCardTitleCharacters: number;
  maxPayloadCharacters: number;
}

/** Stands above buttons that did not fit under the text. */
const CONTINUED = '…';

/**
 * Makes a channel's `fit`: each part is one request within the limits. Texts are split, titles shortened, surplus
 * buttons and cards continue in a further part. Only what a customer could not use is left out: quick replies beyond the limit,
 * links without a web address, a blank text.
 */
export function createFit(limits: FitLimits): (content: OutboundContent) => OutboundContent[] {
  return (content) => {
    switch (content.kind) {
      case 'text':
        return fitText(content.text, limits);
      case 'image':
      case 'video':
      case 'audio':
        // The picture goes first, so that its words stand below it.
        return [{ kind: content.kind, url: content.url }, ...fitText(content.text ?? '', limits)];
      case 'quick_replies':
        return fitQuickReplies(content.text, content.quickReplies, limits);
      case 'buttons':
        return fitButtons(content.text, content.buttons, limits);
      case 'cards':
        return fitCards(content.text ?? '', content.cards, limits);
    }
  };
}

function textLimit(limits: FitLimits): TextLimit {
  return { max: limits.maxText, unit: limits.textUnit };
}

function fitText(text: string, limits: FitLimits): OutboundContent[] {
  return splitText(cleanText(text), [textLimit(limits)]).map((part) => ({ kind: 'text', text: part }));
}

function fitQuickReplies(text: string, quickReplies: QuickReply[], limits: FitLimits): OutboundContent[] {
  const kept = quickReplies
    .filter((reply) => !isBlank(reply.title))
    .slice(0, limits.maxQuickReplies)
    .map((reply) => ({
      title: shortenTitle(reply.title, limits),
      payload: fitPayload(reply, limits),
    }));
  if (kept.length === 0) return fitText(text, limits);
  const parts = splitText(cleanText(text), [textLimit(limits)]);
  const last = parts.pop() ?? CONTINUED;
  return [
    ...parts.map((part): OutboundContent => ({ kind: 'text', text: part })),
    { kind: 'quick_replies', text: last, quickReplies: kept },
  ];
}

function fitButtons(text: string, buttons: Button[], limits: FitLimits): OutboundContent[] {
  const kept = usableButtons(buttons, limits);
  if (kept.length === 0) return fitText(text, limits);
  const parts = splitText(cleanText(text), [textLimit(limits), { max: limits.maxButtonText, unit: 'characters' }]);
  const last = parts.pop() ?? CONTINUED;
  return [
    ...parts.map((part): OutboundContent => ({ kind: 'text', text: part })),
    ...chunk(kept, limits.maxButtons).map(
      (group, index): OutboundContent => ({ kind: 'buttons', text: index === 0 ? last : CONTINUED, buttons: group }),
    ),
  ];
}

function fitCards(text: string, cards: Card[], limits: FitLimits): OutboundContent[] {
  const fitted = cards.filter((card) => !isBlank(card.title)).map((card) => fitCard(card, limits));
  // A card must show something besides its title; one that does not is a line of text.
  const full = fitted.filter(hasMoreThanTitle);
  const bare = fitted.filter((card) => !hasMoreThanTitle(card)).map((card) => card.title);
  return [
    ...fitText(text, limits),
    ...chunk(full, limits.maxCards).map((group): OutboundContent => ({ kind: 'cards', cards: group })),
    ...fitText(bare.join('\n'), limits),
  ];
}

function fitCard(card: Card, limits: FitLimits): Card {
  const buttons = usableButtons(card.buttons ?? [], limits).slice(0, limits.maxButtons);
  const subtitle = shortenText(cleanText(card.subtitle ?? ''), limits.maxCardTitleCharacters);
  return {
    title: shortenText(cleanText(card.title), limits.maxCardTitleCharacters),
    ...(subtitle ? { subtitle } : {}),
    ...(isWebUrl(card.imageUrl) ? { imageUrl: card.imageUrl } : {}),
    ...(buttons.length > 0 ? { buttons } : {}),
  };
}

function hasMoreThanTitle(card: Card): boolean {
  return Boolean(card.subtitle || card.imageUrl || card.buttons);
}

function usableButtons(buttons: Button[], limits: FitLimits): Button[] {
  return buttons.flatMap((button): Button[] => {
    if (isBlank(button.title)) return [];
    const title = shortenTitle(button.title, limits);
    if (button.type === 'web_url') return isWebUrl(button.url) ? [{ type: 'web_url', title, url: button.url }] : [];
    return [{ type: 'postback', title, payload: fitPayload(button, limits) }];
  });
}

/** True for a title of which nothing is left to show. */
function isBlank(title: string): boolean {
  return cleanText(title).trim() === '';
}

function shortenTitle(title: string, limits: FitLimits): string {
  return shortenText(cleanText(title), limits.maxTitleCharacters);
}

/** The title stands in for a payload of which nothing is left once it is cleaned: providers want one. */
function fitPayload(
  { title, payload = '' }: { title: string; payload?: string | undefined },
  limits: FitLimits,
): string {
  return (cleanText(payload) || cleanText(title)).slice(0, limits.maxPayloadCharacters).toWellFormed();
}

function chunk<T>(items: readonly T[], size: number): T[][] {
  const chunks: T[][] = [];
  for (let start = 0; start < items.length; start += size) chunks.push(items.slice(start, start + size));
  return chunks;
}

/** True for an http or https address that a provider can fetch or open. */
export function isWebUrl(url: string | undefined | null): url is string {
  if (!url || !URL.canParse(url)) return false;
  return /^https?:$/.test(new URL(url).protocol);
}
