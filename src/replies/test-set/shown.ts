import type { OutboundContent } from '../../text/message.ts';

/** Everything of a content that the customer reads. */
export function shownOf(content: OutboundContent): string {
  switch (content.kind) {
    case 'cards':
      return [content.text ?? '', ...content.cards.flatMap(({ title, subtitle }) => [title, subtitle ?? ''])]
        .filter(Boolean)
        .join('\n');
    case 'buttons':
      return [content.text, ...content.buttons.map(({ title }) => title)].join('\n');
    case 'quick_replies':
      return [content.text, ...content.quickReplies.map(({ title }) => title)].join('\n');
    case 'text':
      return content.text;
    default:
      return content.text ?? '';
  }
}
