import type { Request, Response } from 'express';

/**
 * Says which part of a body of `length` bytes is asked for, and sets status and headers for it: players ask for a film or a sound in
 * parts, and some play nothing that does not come so. Null: it has been answered that there is no such part.
 */
export function answerRange(
  request: Request,
  response: Response,
  length: number,
): { start: number; end: number } | null {
  response.set('Accept-Ranges', 'bytes');
  const ranges = request.range(length, { combine: true });
  if (ranges === -1) {
    response.removeHeader('Content-Type');
    response.status(416).set('Content-Range', `bytes */${length}`).end();
    return null;
  }
  const [part, ...more] = ranges === undefined || ranges === -2 || ranges.type !== 'bytes' ? [] : ranges;
  if (!part || more.length > 0) {
    response.set('Content-Length', String(length));
    return { start: 0, end: length - 1 };
  }
  response.status(206).set('Content-Range', `bytes ${part.start}-${part.end}/${length}`);
  response.set('Content-Length', String(part.end + 1 - part.start));
  return { start: part.start, end: part.end };
}
