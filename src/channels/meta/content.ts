import type { Media, MessageKind } from '../../text/message.ts';
import { isWebUrl } from '../fit-content.ts';
import type { MetaAttachment, MetaMessage } from './item.schema.ts';

const MAX_MEDIA = 10;
const MAX_URL = 4096;

/** What Meta's word for an attachment means to us; others are kept as `unsupported`. */
const KIND_OF_TYPE: Readonly<Record<string, MessageKind>> = {
  image: 'image',
  video: 'video',
  audio: 'audio',
  file: 'file',
  sticker: 'sticker',
  animated_image: 'sticker',
  // The heart of the like button is a message, unlike a reaction to one.
  like_heart: 'sticker',
  share: 'share',
  post: 'share',
  ig_post: 'share',
  reel: 'share',
  ig_reel: 'share',
  ig_story: 'share',
  story_mention: 'share',
  fallback: 'share',
  template: 'share',
};
const FILES: ReadonlySet<string> = new Set(['image', 'video', 'audio', 'file']);

export interface MetaContent {
  messageKind: MessageKind;
  text: string | null;
  payload: string | null;
  media: Media[];
}

/** What a message says: its kind, words, payload and media. */
export function readMetaMessage(message: MetaMessage): MetaContent {
  const { attachments, quick_reply: tap, reply_to: replyTo, referral } = message;
  const said = message.text?.trim() ? message.text : null;
  // An ad, a link of the shop's own and a product of its shop carry a word of theirs, as a button does.
  const referred = referral?.ref ?? referral?.ad_id ?? referral?.product?.id ?? null;
  const media = readMedia(attachments, replyTo?.story?.url);
  const text = said ?? (captionOf(attachments) || (message.text ?? null));
  return {
    messageKind: nameKind(message, said),
    text,
    payload: tap ? (tap.payload ?? null) : referred,
    media,
  };
}

function nameKind(
  { attachments, quick_reply: tap, reply_to: replyTo, is_unsupported }: MetaMessage,
  said: string | null,
) {
  if (tap) return 'quick_reply';
  if (replyTo?.story) return 'story_reply';
  const kinds = attachments.map(kindOf);
  // Words are answered as words: a link in them brings its preview along.
  const onlyPreviews = attachments.every(({ type }) => type === 'fallback' || type === 'template');
  if (said !== null && (kinds.length === 0 || onlyPreviews)) return 'text';
  const [first = 'unsupported'] = kinds;
  const isUnread = is_unsupported || first === 'unsupported';
  return isUnread && said !== null ? 'text' : isUnread ? 'unsupported' : first;
}

function kindOf({ type, payload }: MetaAttachment): MessageKind {
  const word = type?.trim().toLowerCase() ?? '';
  if (payload?.sticker_id) return 'sticker';
  // A shared comment comes as a template without anything in it.
  if (word === 'template' && !payload?.product) return 'unsupported';
  return Object.hasOwn(KIND_OF_TYPE, word) ? (KIND_OF_TYPE[word] as MessageKind) : 'unsupported';
}

/** Addresses of what was sent or shown, and of the story that is answered. Theirs, and they expire. */
function readMedia(attachments: readonly MetaAttachment[], storyUrl: string | null | undefined): Media[] {
  const found = attachments.flatMap((one): Media[] => {
    const url = one.payload?.url ?? one.url;
    const kind = kindOf(one);
    if (kind === 'sticker' || !isUsable(url)) return [];
    return [{ kind: FILES.has(kind) ? (kind as Media['kind']) : 'file', url }];
  });
  const story: Media[] = isUsable(storyUrl) ? [{ kind: 'file', url: storyUrl }] : [];
  return [...found, ...story].slice(0, MAX_MEDIA);
}

function isUsable(url: string | null | undefined): url is string {
  return isWebUrl(url) && url.length <= MAX_URL;
}

/** Words of what was shared: its title, the products in it, or the place. */
function captionOf(attachments: readonly MetaAttachment[]): string {
  return attachments
    .flatMap(({ title, payload }) => {
      const { product, coordinates } = payload ?? {};
      const products = product?.elements.map((one) => [one.title, one.subtitle].filter(Boolean).join(' ')) ?? [];
      const place = coordinates ? [`${coordinates.lat}, ${coordinates.long}`] : [];
      return [payload?.title ?? title ?? '', ...products, ...place];
    })
    .filter((line) => line.trim() !== '')
    .join('\n');
}
