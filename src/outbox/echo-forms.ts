import { fingerprintOf } from '../text/fingerprint.ts';
import { type Card, type OutboundContent, textOf } from '../text/message.ts';

/**
 * The fingerprints of what a content may read like when a channel repeats it: its own words, buttons with their titles,
 * cards with their lines, or the first card alone, which lists show in the place of all. Pure.
 */
export function echoFormsOf(content: OutboundContent): string[] {
  return [...new Set(wordingsOf(content).map(fingerprintOf))].filter((form) => form !== '');
}

function wordingsOf(content: OutboundContent): string[] {
  const text = textOf(content);
  if (content.kind === 'buttons') return [text, join([text, ...content.buttons.map(({ title }) => title)])];
  if (content.kind === 'quick_replies') return [text, join([text, ...content.quickReplies.map(({ title }) => title)])];
  if (content.kind !== 'cards') return [text];
  const { cards } = content;
  const parts: ((card: Card) => (string | undefined)[])[] = [
    (card) => [card.title],
    (card) => [card.title, card.subtitle],
    (card) => [card.title, card.subtitle, ...(card.buttons ?? []).map(({ title }) => title)],
  ];
  return [text, ...parts.flatMap((part) => [join(cards.flatMap(part)), join(cards.slice(0, 1).flatMap(part))])];
}

const join = (parts: readonly (string | undefined)[]): string => parts.filter(Boolean).join('\n');
