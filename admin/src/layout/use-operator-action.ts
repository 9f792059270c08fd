import { useRef, useState } from 'react';
import { HttpError, useNotify, useRefresh } from 'react-admin';

/** The sentence for a person: the server's own, or the translation key that the request got on its way. */
export function messageOf(error: unknown): string {
  return error instanceof HttpError && error.message ? error.message : 'peyk.errors.unavailable';
}

/**
 * Runs an operator's action once at a time, then reads everything anew and says how it ended.
 * `start` resolves to whether it worked; it never rejects.
 */
export function useOperatorAction<A extends unknown[] = []>(run: (...given: A) => Promise<unknown>, done: string) {
  const notify = useNotify();
  const refresh = useRefresh();
  const [isRunning, setIsRunning] = useState(false);
  const isBusy = useRef(false);

  async function start(...given: A): Promise<boolean> {
    if (isBusy.current) return false;
    isBusy.current = true;
    setIsRunning(true);
    try {
      await run(...given);
      notify(done, { type: 'success' });
      return true;
    } catch (error) {
      notify(messageOf(error), { type: 'error' });
      return false;
    } finally {
      isBusy.current = false;
      setIsRunning(false);
      refresh();
    }
  }
  return { start, isRunning };
}
