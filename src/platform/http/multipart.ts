import type { Request, Response } from 'express';
import multer, { MulterError } from 'multer';
import { InvalidInputError } from '../errors.ts';
import { HttpProblem } from './problem.ts';

export interface FileField {
  /** The field's name. */
  field: string;
  maxBytes: number;
}

/** Files that are received at the same time; each is held in memory until it is whole. */
const MAX_AT_ONCE = 12;

/**
 * Makes what reads the one file of a multipart form. Whatever else the form says, the file's own name included, is not looked at.
 * The reader throws HttpProblem 413 (too large), 415 (no form) or 503 (too many at once), and InvalidInputError for a form without the file.
 */
export function createFormFileReader() {
  let underWay = 0;
  return async (request: Request, response: Response, { field, maxBytes }: FileField): Promise<Buffer> => {
    if (!request.is('multipart/form-data'))
      throw new HttpProblem(415, `Send a form (multipart/form-data) with one "${field}".`);
    if (Number(request.headers['content-length'] ?? 0) > maxBytes + 65_536) throw tooLarge(maxBytes);
    if (underWay >= MAX_AT_ONCE)
      throw new HttpProblem(503, 'Too many files are being received.', { headers: { 'Retry-After': '2' } });
    underWay++;
    try {
      const limits = { fileSize: maxBytes, files: 1, fields: 5, fieldSize: 10_000, parts: 6, headerPairs: 20 };
      const read = multer({ storage: multer.memoryStorage(), limits }).single(field);
      await new Promise<void>((resolve, reject) =>
        read(request, response, (error: unknown) => (error ? reject(toProblem(error, field, maxBytes)) : resolve())),
      );
    } finally {
      underWay--;
    }
    if (!request.file) throw noFile(field);
    return request.file.buffer;
  };
}

function toProblem(error: unknown, field: string, maxBytes: number): Error {
  return error instanceof MulterError && error.code === 'LIMIT_FILE_SIZE' ? tooLarge(maxBytes) : noFile(field);
}

function tooLarge(maxBytes: number): HttpProblem {
  return new HttpProblem(413, `The file must not be larger than ${maxBytes / 1024 ** 2} MiB.`);
}

function noFile(field: string): InvalidInputError {
  const fault = `Send exactly one file, as "${field}" of the form.`;
  return new InvalidInputError(fault, { [field]: fault });
}
