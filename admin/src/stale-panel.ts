const RELOADED_AT = 'peyk-reloaded-at';
/** A panel that is broken for good must say so, and not load itself for ever. */
const AT_MOST_EVERY_MS = 30_000;

/**
 * Whether to load the panel anew because one of its parts is gone: a newer one was put in place while it stood open.
 * Notes the time when it says yes, and says no to whoever asks again soon.
 */
export function mayReload(storage: Pick<Storage, 'getItem' | 'setItem'>, nowMs: number): boolean {
  const reloadedAtMs = Number(storage.getItem(RELOADED_AT) ?? 0);
  if (nowMs - reloadedAtMs < AT_MOST_EVERY_MS) return false;
  storage.setItem(RELOADED_AT, String(nowMs));
  return true;
}
