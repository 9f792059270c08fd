import { InvalidInputError } from '../platform/errors.ts';
import type { OutboundContent } from '../text/message.ts';
import { textOf } from '../text/message.ts';
import type { ChannelForm } from './channel.ts';
import type { ChannelLimits } from './channel-rules.ts';
import { cleanText } from './inbound-text.ts';
import { CHANNELS } from './index.ts';
import { splitText } from './split-text.ts';

const SMS_LIMITS: ChannelLimits = {
  maxText: 1600,
  textUnit: 'characters',
  maxQuickReplies: 0,
  maxButtons: 0,
  maxCards: 0,
  maxTitleCharacters: 0,
  mediaKinds: [],
};

/** Channels that are not built yet: answers can be rehearsed for them, and accounts kept. A channel that is built leaves. */
const PLANNED: readonly ChannelForm[] = [
  {
    name: 'sms',
    label: { en: 'SMS', fa: 'پیامک' },
    limits: SMS_LIMITS,
    window: { kind: 'none' },
    consent: { optOutHandledBy: 'carrier', marketingNeedsConsent: true },
    fit: fitSms,
  },
];

const built = CHANNELS.map(({ descriptor }) => descriptor);

/** What every channel makes of an answer, by name: those of the list first, then those that are planned. */
export const CHANNEL_FORMS: ReadonlyMap<string, ChannelForm> = new Map(
  [...built, ...PLANNED.filter(({ name }) => built.every((other) => other.name !== name))].map((form) => [
    form.name,
    form,
  ]),
);

/** Throws InvalidInputError for a channel that nobody has heard of. */
export function channelFormOf(name: string): ChannelForm {
  const form = CHANNEL_FORMS.get(name);
  if (!form) throw new InvalidInputError('There is no such channel.', { channel: 'There is no such channel.' });
  return form;
}

/** Names that a row's channel may have. */
export const CHANNEL_NAMES = [...CHANNEL_FORMS.keys()] as [string, ...string[]];

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
