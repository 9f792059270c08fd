import { type OutboundContent, textOf } from '../../text/message.ts';
import type { ChannelLimits } from '../channel-rules.ts';
import { cleanText } from '../inbound-text.ts';
import { splitText } from '../split-text.ts';

export const SMS_LIMITS: ChannelLimits = {
  maxText: 1600,
  textUnit: 'characters',
  maxQuickReplies: 0,
  maxButtons: 0,
  maxCards: 0,
  maxTitleCharacters: 0,
  mediaKinds: [],
};

/** A text message has no buttons or pictures: their titles and addresses become lines. */
export function fitSms(content: OutboundContent): OutboundContent[] {
  const text = [textOf(content), ...linesOf(content)].filter((line) => line !== '').join('\n');
  const limit = { max: SMS_LIMITS.maxText, unit: SMS_LIMITS.textUnit };
  return splitText(cleanText(text), [limit]).map((part) => ({ kind: 'text', text: part }));
}

function linesOf(content: OutboundContent): string[] {
  switch (content.kind) {
    case 'text':
    case 'cards':
      return [];
    case 'image':
    case 'video':
    case 'audio':
      return [content.url];
    case 'buttons':
      return content.buttons.map((button) => [button.title, button.url ?? ''].join(' ').trim());
    case 'quick_replies':
      return content.quickReplies.map((reply) => reply.title);
  }
}
