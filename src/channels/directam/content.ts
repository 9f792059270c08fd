import type { Media, MessageKind } from '../../text/message.ts';
import { isWebUrl } from '../fit-content.ts';
import type { DirectamItem } from './item.schema.ts';

const MAX_MEDIA = 10;
const MAX_URL = 4096;

/** What Directam's words for a message type mean to us. Others are stored as `unsupported`, and never dropped. */
const KIND_OF_TYPE: Readonly<Record<string, MessageKind | 'media' | 'read' | 'signal'>> = {
  text: 'text',
  quick_reply: 'quick_reply',
  postback: 'postback',
  button: 'postback',
  interactive: 'postback',
  image: 'image',
  photo: 'image',
  picture: 'image',
  video: 'video',
  media: 'media',
  audio: 'audio',
  voice: 'audio',
  file: 'file',
  document: 'file',
  sticker: 'sticker',
  // The heart that Instagram's like button sends is a message, unlike a reaction to one.
  like_heart: 'sticker',
  share: 'share',
  story_reply: 'story_reply',
  read: 'read',
  seen: 'read',
  // Nothing was said: answering "I cannot read this" to a heart or to typing would be noise.
  reaction: 'signal',
  typing: 'signal',
  delivery: 'signal',
  delivered: 'signal',
  unsend: 'signal',
};

export interface DirectamContent {
  /** `signal`: stored, and nobody acts on it. */
  role: 'message' | 'read' | 'signal';
  messageKind: MessageKind;
  text: string | null;
  payload: string | null;
  media: Media[];
}

/** Names what one event says: its kind, words, payload and media. */
export function readDirectamContent(item: DirectamItem): DirectamContent {
  const named = nameType(item);
  const media = readMedia(item, named === 'media' ? null : named);
  const payload = item.quick_reply?.payload ?? item.postback?.payload ?? item.payload ?? null;
  // The title of a button is what the customer saw; its payload is a word for programs, used for want of better.
  const text = firstFilled([
    item.text,
    item.quick_reply?.title,
    item.postback?.title,
    item.message?.text,
    item.payload,
    item.quick_reply?.payload,
    item.postback?.payload,
  ]);
  if (named === 'read' || named === 'signal') {
    return { role: named, messageKind: 'unsupported', text, payload, media };
  }
  return { role: 'message', messageKind: nameMessage(named, text, media), text, payload, media };
}

function nameMessage(named: MessageKind | 'media', text: string | null, media: readonly Media[]): MessageKind {
  if (named === 'media') return media[0]?.kind ?? 'file';
  if (named !== 'text' || text?.trim()) return named;
  // A text without words is its picture, or nothing that we can read; it is never taken for a file.
  return media[0]?.kind ?? 'unsupported';
}

function nameType(item: DirectamItem): MessageKind | 'media' | 'read' | 'signal' {
  const type = item.message_type?.trim().toLowerCase();
  if (type) {
    const named = Object.hasOwn(KIND_OF_TYPE, type) ? KIND_OF_TYPE[type] : undefined;
    // A tap may come as a plain text that carries the reply it tapped.
    if (named === 'text') return nameTap(item) ?? 'text';
    return named ?? 'unsupported';
  }
  const tap = nameTap(item);
  if (tap) return tap;
  if (item.media.length > 0) return 'media';
  return item.read ? 'read' : 'text';
}

function nameTap(item: DirectamItem): MessageKind | null {
  if (item.quick_reply) return 'quick_reply';
  return item.postback ? 'postback' : null;
}

/** The first text that says something; else an empty one that was sent as such; else null. */
function firstFilled(candidates: readonly (string | null | undefined)[]): string | null {
  return candidates.find((text) => text?.trim()) ?? candidates.find((text) => typeof text === 'string') ?? null;
}

function readMedia(item: DirectamItem, messageKind: string | null): Media[] {
  return item.media
    .filter((entry) => entry.url.length <= MAX_URL && isWebUrl(entry.url))
    .slice(0, MAX_MEDIA)
    .map((entry) => ({
      kind: toMediaKind(entry.type) ?? toMediaKind(messageKind) ?? guessFromUrl(entry.url),
      url: entry.url,
    }));
}

function toMediaKind(word: string | null | undefined): Media['kind'] | null {
  const named = word ? KIND_OF_TYPE[word.trim().toLowerCase().split('/')[0] ?? ''] : undefined;
  return named === 'image' || named === 'video' || named === 'audio' || named === 'file' ? named : null;
}

function guessFromUrl(url: string): Media['kind'] {
  const { pathname } = new URL(url);
  if (/\.(jpe?g|png|gif|webp|heic)$/i.test(pathname)) return 'image';
  if (/\.(mp4|mov|avi|webm)$/i.test(pathname)) return 'video';
  return /\.(mp3|m4a|aac|wav|ogg|opus)$/i.test(pathname) ? 'audio' : 'file';
}
