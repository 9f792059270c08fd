import { HttpProblem } from '../http/problem.ts';
import { ACCEPTED, MAX_UPLOAD_BYTES, type MediaKind } from './media-kinds.ts';
import { rewritePicture } from './pictures.ts';

/** A file that may be kept. */
export interface ReadMedia {
  kind: MediaKind;
  /** The media type as it is served. */
  type: string;
  extension: string;
  content: Buffer;
  /** Of a picture. */
  width: number | null;
  height: number | null;
}

/**
 * Tells what a file is by its content, and writes pictures anew. @throws HttpProblem 415 for what is none of the accepted types,
 * 413 for what is too large, InvalidInputError for a picture that cannot be read
 */
export type MediaReader = (file: Buffer) => Promise<ReadMedia>;

/** Pictures that are unpacked at the same time in one process: each takes some 100 MB at worst. */
const AT_ONCE = 2;

/** Makes the reader of a process; what comes while it is at work waits. */
export function createMediaReader(): MediaReader {
  const waiting: (() => void)[] = [];
  let underWay = 0;
  return async (file) => {
    if (underWay >= AT_ONCE) await new Promise<void>((resolve) => waiting.push(resolve));
    else underWay++;
    try {
      return await readMedia(file);
    } finally {
      const next = waiting.shift();
      if (next) next();
      else underWay--;
    }
  };
}

async function readMedia(file: Buffer): Promise<ReadMedia> {
  if (file.length > MAX_UPLOAD_BYTES)
    throw new HttpProblem(413, `The file must not be larger than ${MAX_UPLOAD_BYTES / 1024 ** 2} MiB.`);
  const { fileTypeFromBuffer } = await import('file-type');
  const extension = (await fileTypeFromBuffer(file))?.ext ?? '';
  const accepted = Object.hasOwn(ACCEPTED, extension) ? ACCEPTED[extension] : undefined;
  if (!accepted)
    throw new HttpProblem(
      415,
      'This type of file is not taken: pictures (JPEG, PNG, WebP, GIF, AVIF), films (MP4, MOV, WebM) and sounds (MP3, M4A, AAC, WAV) are.',
    );
  if (accepted.kind !== 'image') return { ...accepted, extension, content: file, width: null, height: null };
  const picture = await rewritePicture(file);
  return { kind: 'image', type: picture.extension === 'png' ? 'image/png' : 'image/jpeg', ...picture };
}
