export interface BodyBudgetLimits {
  /** What every request may hold without asking: usual webhooks never need more. */
  freeBytes: number;
  /** Beyond that, of all requests together, and of one client. */
  totalBytes: number;
  clientBytes: number;
}

export const BODY_BUDGET: BodyBudgetLimits = {
  freeBytes: 32 * 1024,
  totalBytes: 64 * 1024 * 1024,
  clientBytes: 32 * 1024 * 1024,
};

/** What one request holds of the budget. */
export interface BodyShare {
  /** Asks to hold so many bytes altogether. False: there is no room now, and nothing more is held than before. */
  grow(bytes: number): boolean;
  /** Gives everything back. May be repeated. */
  release(): void;
}

/** For those who have shown who they are. */
export const UNCOUNTED: BodyShare = { grow: () => true, release: () => undefined };

export interface BodyBudget {
  /** `clientOf` is asked only for a body that is more than a usual one. */
  open(clientOf: () => string): BodyShare;
}

/**
 * Bounds what unread bodies hold in memory, whoever sends them and however slowly: of strangers we must take the whole body
 * before we can tell that they may not send one. Small bodies always have room, so large ones cannot keep them out.
 */
export function createBodyBudget(limits: BodyBudgetLimits = BODY_BUDGET): BodyBudget {
  const byClient = new Map<string, number>();
  let total = 0;

  function move(client: string, bytes: number): void {
    total += bytes;
    const left = (byClient.get(client) ?? 0) + bytes;
    if (left > 0) byClient.set(client, left);
    else byClient.delete(client);
  }

  return {
    open(clientOf) {
      let held = 0;
      let client = '';
      return {
        grow(bytes) {
          const more = Math.max(0, bytes - limits.freeBytes) - held;
          if (more <= 0) return true;
          client ||= clientOf();
          const ofClient = byClient.get(client) ?? 0;
          if (total + more > limits.totalBytes || ofClient + more > limits.clientBytes) return false;
          held += more;
          move(client, more);
          return true;
        },
        release() {
          if (held > 0) move(client, -held);
          held = 0;
        },
      };
    },
  };
}
