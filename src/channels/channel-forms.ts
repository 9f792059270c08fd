import type { OutboundContent } from '../text/message.ts';
import { textOf } from '../text/message.ts';
import type { ChannelLimits, ChannelName } from './connector.ts';
import { createFit, type FitLimits } from './fit-content.ts';
import { cleanText } from './inbound-text.ts';
import { INSTAGRAM_LIMITS } from './instagram-limits.ts';
import { splitText } from './split-text.ts';

/** What a channel makes of an answer, without the channel: for rehearsals, also of channels that are not connected. */
export interface ChannelForm {
  limits: ChannelLimits;
  fit(content: OutboundContent): OutboundContent[];
}

const MESSENGER_LIMITS: FitLimits = { ...INSTAGRAM_LIMITS, maxText: 2000, textUnit: 'characters' };
const SMS_LIMITS: ChannelLimits = {
  maxText: 1600,
  textUnit: 'characters',
  maxQuickReplies: 0,
  maxButtons: 0,
  maxCards: 0,
  maxTitleCharacters: 0,
};

const instagram: ChannelForm = { limits: INSTAGRAM_LIMITS, fit: createFit(INSTAGRAM_LIMITS) };

/** One line a channel. */
export const CHANNEL_FORMS: Readonly<Record<ChannelName, ChannelForm>> = {
  directam: instagram,
  instagram,
  simulator: instagram,
  messenger: { limits: MESSENGER_LIMITS, fit: createFit(MESSENGER_LIMITS) },
  sms: { limits: SMS_LIMITS, fit: fitSms },
};

/** A text message has no buttons or pictures: their titles and addresses become lines. */
function fitSms(content: OutboundContent): OutboundContent[] {
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

/** The letters of the plain alphabet of text messages, and those of its second page, which count twice. */
const PLAIN =
  '@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !"#¤%&\'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà';
const SECOND_PAGE = '^{}\\[]~|€';

/** How many text messages the operator of the network counts. One Persian letter makes all of it count as Unicode. */
export function countSmsSegments(text: string): number {
  const isPlain = [...text].every((letter) => PLAIN.includes(letter) || SECOND_PAGE.includes(letter));
  const length = isPlain
    ? [...text].reduce((sum, letter) => sum + (SECOND_PAGE.includes(letter) ? 2 : 1), 0)
    : text.length;
  const [alone, joined] = isPlain ? [160, 153] : [70, 67];
  return length <= alone ? 1 : Math.ceil(length / joined);
}
