/** What the shop's settings mean for a conversation. Plain data: it travels with each batch, so a change takes effect at once. */
export interface ConversationPolicy {
  /** The channel lets the shop write for this long after the customer's last message; null: at any time. */
  windowMs: number | null;
  /** A take-over ends by itself after this long without a word of the human. */
  takeoverMs: number;
  loop: LoopPolicy;
  /** True when no model is asked: the decision is then a local activity. */
  decideLocally: boolean;
  /** Test override: continue as new after this many history events; null leaves it to the server. */
  maxHistoryEvents: number | null;
}

export interface LoopPolicy {
  /** Replies are counted over this time. */
  withinMs: number;
  /** The same question answered by the same words this often is a loop. */
  sameExchanges: number;
  /** The same answer this often, whatever was asked, is a loop. */
  sameReplies: number;
  /** This many answers, whatever they say, is a loop. */
  replies: number;
  /** How long the bot stays silent after a loop. */
  pauseMs: number;
}

export const DEFAULT_LOOP_POLICY: LoopPolicy = {
  withinMs: 10 * 60_000,
  sameExchanges: 4,
  sameReplies: 10,
  replies: 40,
  pauseMs: 2 * 3_600_000,
};

/** One answered turn, as the loop breaker remembers it: marks, never words. */
export interface Exchange {
  atMs: number;
  askedMark: string;
  replyMark: string;
}

/** Tells whether the last exchange closes a loop: two machines talking, or the bot going round in circles. */
export function isLoop(exchanges: readonly Exchange[], policy: LoopPolicy, nowMs: number): boolean {
  const recent = recentOf(exchanges, policy, nowMs);
  const last = recent.at(-1);
  if (!last) return false;
  const sameReply = recent.filter((exchange) => exchange.replyMark === last.replyMark);
  const sameBoth = sameReply.filter((exchange) => exchange.askedMark === last.askedMark);
  return (
    sameBoth.length >= policy.sameExchanges || sameReply.length >= policy.sameReplies || recent.length >= policy.replies
  );
}

/** Tells whether one more exchange could close a loop. Its answer must be looked at before it leaves. */
export function isNearLoop(exchanges: readonly Exchange[], policy: LoopPolicy, nowMs: number): boolean {
  const recent = recentOf(exchanges, policy, nowMs);
  const limit = Math.min(policy.sameExchanges, policy.sameReplies);
  const replies = new Map<string, number>();
  for (const { replyMark } of recent) replies.set(replyMark, (replies.get(replyMark) ?? 0) + 1);
  return recent.length + 1 >= policy.replies || [...replies.values()].some((count) => count + 1 >= limit);
}

function recentOf(exchanges: readonly Exchange[], { withinMs }: LoopPolicy, nowMs: number): Exchange[] {
  return exchanges.filter(({ atMs }) => atMs > nowMs - withinMs);
}
