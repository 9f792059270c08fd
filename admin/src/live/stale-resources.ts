/** Screens that show a row of one resource beside rows of another, and so grow old with it. */
const ALSO_SHOWN_BY: Readonly<Record<string, readonly string[]>> = {
  messages: ['conversations'],
  'outbound-messages': ['messages', 'conversations'],
  followups: ['conversations', 'timers'],
  timers: ['conversations'],
  notes: ['conversations'],
  contacts: ['conversations'],
  conversations: ['contacts'],
  faqs: ['unanswered-questions'],
};

export interface StaleResources {
  add(resource: string): void;
  stop(): void;
}

/**
 * Collects what changed and tells it at most once in `everyMs`, so that a busy hour does not become a storm of requests.
 * The first change waits `soonMs` only, for those that come with it.
 */
export function collectStaleResources(
  tell: (resources: string[]) => void,
  { soonMs = 150, everyMs = 1000 }: { soonMs?: number; everyMs?: number } = {},
): StaleResources {
  const waiting = new Set<string>();
  let timer: ReturnType<typeof setTimeout> | null = null;
  let toldAtMs = Number.NEGATIVE_INFINITY;

  function flush(): void {
    timer = null;
    toldAtMs = Date.now();
    const resources = [...waiting];
    waiting.clear();
    tell(resources);
  }

  return {
    add(resource) {
      waiting.add(resource);
      for (const other of ALSO_SHOWN_BY[resource] ?? []) waiting.add(other);
      timer ??= setTimeout(flush, Math.max(soonMs, toldAtMs + everyMs - Date.now()));
    },
    stop() {
      if (timer) clearTimeout(timer);
    },
  };
}
