import type { z } from 'zod';
import type { uploadRecord } from '../../../src/platform/uploads/upload.action.ts';

/** What a message holds besides its text. */

export type Upload = z.output<typeof uploadRecord>;
export type MediaKind = Upload['kind'];

/** A file on its way to the server, there, or refused by it. */
export interface EnclosedFile {
  /** Of this page only. */
  key: string;
  name: string;
  /** The file itself, for another try; it may be large, so nobody keeps it longer than the message. */
  file: File;
  upload: Upload | null;
  /** A sentence of the server, or a translation key of ours. */
  fault: string | null;
}

export interface EnclosedProduct {
  id: string;
  title: string;
  imageUrl: string | null;
}

/** As the server takes it at once. */
export const MAX_FILES = 10;

/* biome-ignore format: a table of types. */
const TYPES: Readonly<Record<MediaKind, readonly string[]>> = {
  image: ['image/jpeg', 'image/png', 'image/webp', 'image/gif', 'image/avif'],
  video: ['video/mp4', 'video/quicktime', 'video/webm', 'video/x-m4v'],
  audio: ['audio/mpeg', 'audio/mp4', 'audio/aac', 'audio/wav', 'audio/x-m4a', '.mp3', '.m4a', '.aac', '.wav'],
};

/** What a file dialog offers; what a file really is, the server finds. */
export function acceptedTypes(kinds: readonly MediaKind[]): string {
  return kinds.flatMap((kind) => TYPES[kind]).join(',');
}

/** Tells one message from another: the same text with another file is another message. */
export function signatureOf(text: string, files: readonly EnclosedFile[], product: EnclosedProduct | null): string {
  const enclosed = [...files.map(({ upload, key }) => upload?.id ?? key), ...(product ? [product.id] : [])];
  return [text, ...enclosed].join('\n');
}

/** As `POST /api/chats/:id/message` takes it; what is still on its way is left out. */
export function partsOf(files: readonly EnclosedFile[], product: EnclosedProduct | null) {
  const media = files.flatMap(({ upload }) => (upload ? [{ uploadId: upload.id, kind: upload.kind }] : []));
  return { ...(media.length > 0 ? { media } : {}), ...(product ? { productId: product.id } : {}) };
}
