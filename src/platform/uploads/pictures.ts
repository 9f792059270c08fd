import type { Sharp } from 'sharp';
import { InvalidInputError } from '../errors.ts';
import { HttpProblem } from '../http/problem.ts';

export interface Picture {
  extension: 'jpg' | 'png';
  content: Buffer;
  width: number;
  height: number;
}

/** Larger than the camera of any phone makes them; a picture that unpacks to more is refused by its header. */
const MAX_PIXELS = 120_000_000;
/** The longer side of what is kept: more than any phone shows. */
const MAX_SIDE = 2048;
/** What Instagram takes. */
const MAX_BYTES = 8 * 1024 * 1024;
const TIMEOUT_SECONDS = 20;

/**
 * Writes a picture anew: what was hidden in the file (where it was taken, a script, another file) is gone, it stands upright, and
 * it is not larger than channels take. Of a moving picture the first frame is kept.
 * @throws InvalidInputError for what is no picture, HttpProblem 413 for one with too many pixels
 */
export async function rewritePicture(bytes: Buffer): Promise<Picture> {
  // Loaded when the first picture comes: only the API needs it.
  const { default: sharp } = await import('sharp');
  sharp.cache(false);
  sharp.concurrency(1);
  try {
    const input = sharp(bytes, { limitInputPixels: false, failOn: 'error' });
    const { width = 0, height = 0, hasAlpha } = await input.metadata();
    if (width * height > MAX_PIXELS) throw new HttpProblem(413, 'The picture has too many pixels.');
    const fitted = () =>
      sharp(bytes, { limitInputPixels: MAX_PIXELS, failOn: 'error' })
        .autoOrient()
        .resize({ width: MAX_SIDE, height: MAX_SIDE, fit: 'inside', withoutEnlargement: true })
        .timeout({ seconds: TIMEOUT_SECONDS });
    const png = hasAlpha ? await write(fitted().png(), 'png') : null;
    if (png && png.content.length <= MAX_BYTES) return png;
    return await write(
      fitted().flatten({ background: '#ffffff' }).jpeg({ quality: 86, chromaSubsampling: '4:4:4' }),
      'jpg',
    );
  } catch (error) {
    if (error instanceof HttpProblem) throw error;
    // Its own words are of libraries.
    const fault = 'The picture cannot be read.';
    throw new InvalidInputError(fault, { file: fault });
  }
}

async function write(picture: Sharp, extension: Picture['extension']): Promise<Picture> {
  const { data, info } = await picture.toBuffer({ resolveWithObject: true });
  return { extension, content: data, width: info.width, height: info.height };
}
