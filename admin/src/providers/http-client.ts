import { fetchUtils, HttpError } from 'react-admin';
import type { Session } from './session.ts';

/** Where the request is lost, not refused: the person needs our words, since no server said any. */
function toPlainError(error: unknown): unknown {
  if (error instanceof DOMException && error.name === 'AbortError') return error;
  if (!(error instanceof HttpError)) return new HttpError('peyk.errors.network', 0);
  if (error.status === 429) return new HttpError('peyk.errors.too_many', 429, error.body);
  if (error.status >= 500 && error.status !== 502)
    return new HttpError('peyk.errors.unavailable', error.status, error.body);
  return error;
}

export type HttpClient = typeof fetchUtils.fetchJson;

/**
 * Requests with the session's token. A token that ran out is renewed once and the request repeated: a 401 is given
 * before anything is done, so even a send may be repeated then. Rejects with HttpError; `message` is a sentence of the
 * server or a translation key of ours.
 */
export function createHttpClient(session: Session): HttpClient {
  function request(url: string, options: fetchUtils.Options) {
    const headers = new Headers(options.headers);
    for (const [name, value] of Object.entries(session.authorization())) headers.set(name, value);
    return fetchUtils.fetchJson(url, { ...options, headers });
  }

  return async (url, options = {}) => {
    try {
      return await request(url, options);
    } catch (error) {
      const isExpired = error instanceof HttpError && error.status === 401;
      if (!isExpired || (await session.refresh()) !== 'ok') throw toPlainError(error);
    }
    try {
      return await request(url, options);
    } catch (error) {
      throw toPlainError(error);
    }
  };
}
