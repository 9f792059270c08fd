/** What a file may be shown and sent as. */
export type MediaKind = 'image' | 'video' | 'audio';

export const MAX_UPLOAD_BYTES = 25 * 1024 * 1024;
/** All files of a business together. */
export const MAX_BUSINESS_BYTES = 5 * 1024 ** 3;

interface AcceptedType {
  kind: MediaKind;
  /** As it is served. */
  type: string;
}

/**
 * The files that are taken, by the extension that belongs to their content; what a file is called counts for nothing. These are
 * what the channels take and what browsers play, but for pictures, which are written anew as JPEG or PNG.
 */
export const ACCEPTED: Readonly<Record<string, AcceptedType>> = {
  jpg: { kind: 'image', type: 'image/jpeg' },
  png: { kind: 'image', type: 'image/png' },
  webp: { kind: 'image', type: 'image/webp' },
  gif: { kind: 'image', type: 'image/gif' },
  avif: { kind: 'image', type: 'image/avif' },
  mp4: { kind: 'video', type: 'video/mp4' },
  m4v: { kind: 'video', type: 'video/mp4' },
  mov: { kind: 'video', type: 'video/quicktime' },
  webm: { kind: 'video', type: 'video/webm' },
  m4a: { kind: 'audio', type: 'audio/mp4' },
  aac: { kind: 'audio', type: 'audio/aac' },
  wav: { kind: 'audio', type: 'audio/wav' },
  mp3: { kind: 'audio', type: 'audio/mpeg' },
};

/** A sound alone may stand in the wrapping of a film. */
const ALSO_SOUNDS: ReadonlySet<string> = new Set(['mp4', 'webm']);

export function isOfKind({ kind, extension }: { kind: string; extension: string }, wanted: MediaKind): boolean {
  return kind === wanted || (wanted === 'audio' && kind === 'video' && ALSO_SOUNDS.has(extension));
}
