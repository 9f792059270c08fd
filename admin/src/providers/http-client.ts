import { fetchUtils, HttpError } from 'react-admin';
import { toPlainFields, toPlainWords } from './server-words.ts';
import type { Session } from './session.ts';

/** What went wrong in words of ours, where we have any; where the request was lost, no server said any. */
function toPlainError(error: unknown): unknown {
  if (error instanceof DOMException && error.name === 'AbortError') return error;
  if (!(error instanceof HttpError)) return new HttpError('peyk.errors.network', 0);
  const { body, status, message } = error;
  const errors: unknown = body?.errors;
  const shown =
    typeof errors === 'object' && errors !== null ? { ...body, errors: toPlainFields({ ...errors }) } : body;
  return new HttpError(toPlainWords(status, message), status, shown);
}

/**
 * A server that hangs says nothing at all, and whoever waits must be told. Longer than a model is waited for; a request
 * that may last longer brings a signal of its own.
 */
const GIVE_UP_MS = 45_000;

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
    const signal = options.signal ?? AbortSignal.timeout(GIVE_UP_MS);
    return fetchUtils.fetchJson(url, { ...options, headers, signal });
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
