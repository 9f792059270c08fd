import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { type Request, type Response, Router } from 'express';
import type { Database } from '../database/client.ts';
import { NotFoundError } from '../errors.ts';
import { answerRange } from '../http/byte-range.ts';
import type { UploadAddresses } from './addresses.ts';
import { findUploadById, readUploadPart, type Upload } from './upload-store.ts';

/** So much of a file is in memory at once. */
const PART_BYTES = 512 * 1024;
const NAME = /^([0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12})\.[a-z0-9]{2,4}$/;

/**
 * Serves uploaded files by their signed addresses, whole or in parts. They are never shown as a page of ours: the type is what the
 * content was found to be, and a browser that opens one saves it.
 */
export function createUploadsRouter({ db, addresses }: { db: Database; addresses: UploadAddresses }): Router {
  const router = Router();
  router.get('/media/uploads/:day/:signature/:name', async (request: Request, response: Response) => {
    const { day = '', signature = '', name = '' } = request.params as Record<string, string>;
    const id = NAME.exec(name)?.[1];
    const upload = id && addresses.isGood({ day, signature, name }) ? await findUploadById(db, id) : null;
    if (!upload) throw new NotFoundError('There is nothing of that name here.');
    response.set({
      'Content-Type': upload.type,
      'Content-Disposition': `attachment; filename="${name}"`,
      'Cache-Control': 'private, max-age=604800, immutable',
      'Content-Security-Policy': "default-src 'none'; sandbox",
      'X-Content-Type-Options': 'nosniff',
      'X-Robots-Tag': 'noindex',
      'Cross-Origin-Resource-Policy': 'same-origin',
    });
    const range = answerRange(request, response, upload.bytes);
    if (!range) return;
    if (request.method === 'HEAD') {
      response.end();
      return;
    }
    await pipeline(Readable.from(readParts(db, upload, range), { objectMode: false }), response).catch(ignoreHangUp);
  });
  return router;
}

async function* readParts(db: Database, { id }: Upload, { start, end }: { start: number; end: number }) {
  for (let from = start; from <= end; from += PART_BYTES) {
    const part = await readUploadPart(db, id, from, Math.min(PART_BYTES, end + 1 - from));
    // Removed meanwhile: the answer breaks off, which its reader sees by the length.
    if (part.length === 0) throw new NotFoundError('There is nothing of that name here.');
    yield part;
  }
}

/** Players break off what they have seen enough of. */
function ignoreHangUp(error: NodeJS.ErrnoException): void {
  if (error.code !== 'ERR_STREAM_PREMATURE_CLOSE') throw error;
}
